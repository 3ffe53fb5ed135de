package dev.fairlead.airflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class TaskInstanceValue implements TaskInstance, Problems.Checked {
    @Override
    @Value.Default
    public int mapIndex() {
        return -1;
    }

    @Override
    @Value.Default
    public TaskState state() {
        return TaskState.NONE;
    }

    @Override
    @Value.Default
    public int tryNumber() {
        return 0;
    }

    @Override
    @Value.Default
    public int maxTries() {
        return 0;
    }

    @Override
    @Value.Default
    public String operator() {
        return "";
    }

    @Override
    public TaskInstance.Builder toBuilder() {
        return ImmutableTaskInstance.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("dagId", dagId());
        at.requireText("runId", runId());
        at.requireText("taskId", taskId());
    }

    @Override
    public String toString() {
        return taskId() + (mapIndex() < 0 ? "" : "[" + mapIndex() + "]") + " " + state() + ", try " + tryNumber()
                + " of " + (maxTries() + 1);
    }

    abstract static class Builder extends ValueBuilder<TaskInstanceValue> implements TaskInstance.Builder {}
}
