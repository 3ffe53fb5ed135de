package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.dag.Graph;
import dev.fairlead.airflow.internal.render.Renderer;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    @Value.Default
    public boolean failFast() {
        return false;
    }

    @Override
    public void checkConf(Map<String, ?> conf) {
        List<InvalidValueException.Problem> problems = Problems.of(at -> Params.check(params(), conf, at));
        if (!problems.isEmpty()) {
            throw new InvalidValueException("configuration of a run of " + id(), problems);
        }
    }

    /** The tasks with their groups and edges, worked out once. */
    @Value.Lazy
    Graph graph() {
        return Graph.of(this);
    }

    @Override
    public Optional<Task> task(String id) {
        return graph().node(id).map(Graph.Node::task);
    }

    @Override
    public List<String> taskIds() {
        return graph().order();
    }

    @Override
    public Set<String> downstream(String id) {
        return graph().downstream(id);
    }

    @Override
    public RenderedDag render(Dialect dialect) {
        return Renderer.render(this, graph(), dialect);
    }

    @Override
    public Dag.Builder toBuilder() {
        return ImmutableDag.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        DagRules.check(this, graph(), at);
    }

    @Override
    public String toString() {
        List<String> ids = graph().order();
        int edges = ids.stream().mapToInt(id -> graph().downstream(id).size()).sum();
        return "Dag[" + id() + ": " + ids.size() + " tasks, " + edges + " edges, " + schedule() + "]";
    }

    abstract static class Builder extends ValueBuilder<DagValue> implements Dag.Builder {}
}
