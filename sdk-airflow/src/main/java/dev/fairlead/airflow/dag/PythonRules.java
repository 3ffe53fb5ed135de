package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.render.Python;
import dev.fairlead.spi.Problems;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds for code that runs on a worker, and for its arguments. */
final class PythonRules {
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

    private PythonRules() {}

    static void checkCode(Problems at, String field, @Nullable TrustedPython code) {
        if (at.requireSet(field, code) && code != null && at.requireText(field, code.body())) {
            Texts.check(at, field, code.body());
            at.require(code.body().indexOf('\0') < 0, field, "must not hold a NUL", "a NUL");
            at.require(
                    code.body().lines().map(String::strip).anyMatch(l -> !l.isEmpty() && !l.startsWith("#")),
                    field,
                    "must have a statement",
                    code.body());
        }
    }

    static void checkArguments(Problems at, Map<String, Object> arguments) {
        arguments.forEach((name, value) -> {
            Problems place = at.at("arguments[" + name + "]");
            checkArgument(place, name);
            Texts.checkJson(place, value);
            Texts.checkName(place, name, value);
        });
    }

    static void checkArgument(Problems at, String name) {
        if (!Python.isName(name)) {
            at.add("must be named by an ASCII Python name that is no keyword", name);
        } else if (RESERVED.contains(name)) {
            at.add("must not be named as what Airflow passes itself", name);
        }
    }

    /** Checks what is either worked out by code or becomes known by an expression. */
    static void checkEither(
            Problems at,
            Optional<TrustedPython> code,
            Map<String, Object> arguments,
            String field,
            Optional<Expression> expression) {
        at.require(
                code.isPresent() != expression.isPresent(),
                "code",
                "must be set, or " + field + " in its place, and not both",
                code.isPresent() ? "both" : null);
        at.require(
                code.isPresent() || arguments.isEmpty(),
                "arguments",
                "must be empty where there is no code",
                arguments.keySet());
        code.ifPresent(c -> checkCode(at, "code", c));
        checkArguments(at, arguments);
        expression.ifPresent(e -> {
            Texts.check(at, field, e);
            at.require(
                    !(e instanceof Text),
                    field,
                    "must become known at run time: give a Template or the output of another task",
                    Texts.source(e));
        });
    }
}
