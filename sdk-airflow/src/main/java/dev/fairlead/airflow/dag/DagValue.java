package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.render.Renderer;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.function.Consumer;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class DagValue implements Dag, Problems.Checked {
    @Override
    @Value.Default
    public Schedule schedule() {
        return Schedule.manual();
    }

    @Override
    @Value.Default
    public boolean catchup() {
        return false;
    }

    @Override
    @Value.Default
    public boolean startsPaused() {
        return false;
    }

    @Override
    public RenderedDag render(Dialect dialect) {
        return Renderer.render(this, dialect);
    }

    @Override
    public Dag.Builder toBuilder() {
        return ImmutableDag.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        DagRules.check(this, at);
    }

    @Override
    public String toString() {
        return "Dag[" + id() + ": " + tasks().size() + " tasks, " + edges().size() + " edges, " + schedule() + "]";
    }

    abstract static class Builder extends ValueBuilder<DagValue> implements Dag.Builder {
        @Override
        public Dag.Builder pod(String id, Consumer<PodTask.Builder> task) {
            PodTask.Builder builder = PodTask.builder(id);
            task.accept(builder);
            ((PodTaskBuilder) builder).settle();
            return addTask(ValueBuilder.<PodTask>partOf(builder));
        }

        @Override
        public Dag.Builder bash(String id, Consumer<BashTask.Builder> task) {
            BashTask.Builder builder = BashTask.builder(id);
            task.accept(builder);
            return addTask(ValueBuilder.<BashTask>partOf(builder));
        }

        @Override
        public Dag.Builder python(String id, Consumer<PythonTask.Builder> task) {
            PythonTask.Builder builder = PythonTask.builder(id);
            task.accept(builder);
            return addTask(ValueBuilder.<PythonTask>partOf(builder));
        }

        @Override
        public Dag.Builder empty(String id) {
            return addTask(ValueBuilder.<EmptyTask>partOf(EmptyTask.builder(id)));
        }
    }
}
