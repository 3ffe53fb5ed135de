package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.render.Python;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract non-sealed class PythonTaskValue implements PythonTask, Problems.Checked {
    /** The names Airflow passes itself; an argument of such a name fails the task ("is a part of kwargs and therefore reserved"). */
    private static final Set<String> RESERVED = Set.of(
            "conn",
            "context",
            "dag",
            "dag_run",
            "data_interval_end",
            "data_interval_start",
            "ds",
            "ds_nodash",
            "expanded_ti_count",
            "exception",
            "inlets",
            "inlet_events",
            "logical_date",
            "macros",
            "map_index_template",
            "outlet_events",
            "outlets",
            "params",
            "prev_data_interval_end_success",
            "prev_data_interval_start_success",
            "prev_end_date_success",
            "prev_start_date_success",
            "reason",
            "run_id",
            "start_date",
            "task",
            "task_instance",
            "task_instance_key_str",
            "task_reschedule_count",
            "templates_dict",
            "test_mode",
            "ti",
            "triggering_asset_events",
            "try_number",
            "ts",
            "ts_nodash",
            "ts_nodash_with_tz",
            "var");

    @Override
    @Value.Default
    public TriggerRule triggerRule() {
        return TriggerRule.ALL_SUCCESS;
    }

    @Override
    @Value.Auxiliary
    public abstract Optional<String> origin();

    @Override
    public PythonTask.Builder toBuilder() {
        return ImmutablePythonTask.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        TaskRules.check(this, at);
        if (at.requireSet("code", code()) && at.requireText("code", code().body())) {
            Texts.check(at, "code", code().body());
            at.require(code().body().indexOf('\0') < 0, "code", "must not hold a NUL", "a NUL");
            at.require(
                    code().body().lines().map(String::strip).anyMatch(l -> !l.isEmpty() && !l.startsWith("#")),
                    "code",
                    "must have a statement",
                    code().body());
        }
        for (Map.Entry<String, Object> argument : arguments().entrySet()) {
            String name = argument.getKey();
            Problems place = at.at("arguments[" + name + "]");
            if (!Python.isName(name)) {
                place.add("must be named by an ASCII Python name that is no keyword", name);
            } else if (RESERVED.contains(name)) {
                place.add("must not be named as what Airflow passes itself", name);
            }
            Texts.checkJson(place, argument.getValue());
            Texts.checkName(place, name, argument.getValue());
        }
    }

    abstract static class Builder extends ValueBuilder<PythonTaskValue> implements PythonTask.Builder {}
}
