package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.render.Python;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract non-sealed class OperatorTaskValue extends TaskValue implements OperatorTask {
    /** What every operator has, and what Airflow passes itself. */
    private static final Set<String> OWN = Set.of(
            "task_id",
            "dag",
            "task_group",
            "retries",
            "retry_delay",
            "retry_exponential_backoff",
            "max_retry_delay",
            "execution_timeout",
            "trigger_rule",
            "pool",
            "pool_slots",
            "priority_weight",
            "queue",
            "executor",
            "max_active_tis_per_dag",
            "max_active_tis_per_dagrun",
            "depends_on_past",
            "doc_md",
            "inlets",
            "outlets",
            "on_execute_callback",
            "on_failure_callback",
            "on_retry_callback",
            "on_skipped_callback",
            "on_success_callback",
            "retry_policy");

    @Override
    public OperatorTask.Builder toBuilder() {
        return ImmutableOperatorTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
        return arguments().values().stream();
    }

    @Override
    void checkMapping(Problems at, Mapping mapping) {
        for (String field : mapping.fieldNames()) {
            checkArgument(at.at("mapping[" + field + "]"), field);
        }
        Mappings.check(at, this, mapping, List.of(), arguments().keySet());
    }

    @Override
    void checkKind(Problems at) {
        if (!at.requireSet("operator", operator())) {
            return;
        }
        at.part("operator", operator());
        arguments().forEach((name, value) -> {
            Problems place = at.at("arguments[" + name + "]");
            checkArgument(place, name);
            Texts.checkJson(place, value);
            Texts.checkName(place, name, value);
            place.require(
                    operator().templateFields().contains(name)
                            || Texts.leaves(value).noneMatch(l -> l instanceof Template || l instanceof TaskOutput),
                    "value",
                    "must be known now: Airflow evaluates only the operator's template fields "
                            + new TreeSet<>(operator().templateFields()),
                    name);
        });
    }

    private static void checkArgument(Problems at, String name) {
        if (!Python.isName(name)) {
            at.add("must be named by an ASCII Python name that is no keyword", name);
        } else if (OWN.contains(name)) {
            at.add("must be set by the task's own setter", name);
        }
    }

    abstract static class Builder extends ValueBuilder<OperatorTaskValue> implements OperatorTask.Builder {}
}
