package dev.fairlead.airflow;

import dev.fairlead.airflow.internal.dag.JsonRules;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class TriggerRequestValue implements TriggerRequest, Problems.Checked {
    private static final int MAX_ID = 250;
    private static final int MAX_NOTE = 1000;

    @Override
    @Value.Default
    public boolean unpause() {
        return false;
    }

    @Override
    public TriggerRequest.Builder toBuilder() {
        return ImmutableTriggerRequest.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        runId().ifPresent(id -> {
            at.require(
                    id.matches("[A-Za-z0-9_.~:+-]+"), "runId", "must be of the characters A-Z a-z 0-9 _ . ~ : + -", id);
            at.require(id.length() <= MAX_ID, "runId", "must be at most " + MAX_ID + " characters", id);
        });
        runId().ifPresent(id -> at.require(!id.equals(".") && !id.equals(".."), "runId", "must not be a path", id));
        partitionKey().ifPresent(key -> at.requireText("partitionKey", key));
        JsonRules.check(at.at("conf"), conf());
        note().ifPresent(n -> at.require(
                n.length() <= MAX_NOTE,
                "note",
                "must be at most " + MAX_NOTE + " characters",
                n.length() + " characters"));
    }

    abstract static class Builder extends ValueBuilder<TriggerRequestValue> implements TriggerRequest.Builder {}
}
