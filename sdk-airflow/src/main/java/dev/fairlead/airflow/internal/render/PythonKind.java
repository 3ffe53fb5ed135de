package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.PythonTask;
import dev.fairlead.airflow.dag.TrustedPython;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes Python tasks. A mapped one is written with the decorator, which maps single arguments. */
final class PythonKind implements TaskKind<PythonTask> {
    private static final String ENVIRONMENT = "environment";
    private static final String SET_ENVIRONMENT =
            "import os\n\nos.environ.update((name, str(value)) for name, value in environment.items())\n";

    @Override
    public String operator(PythonTask task) {
        if (isOwn(task)) {
            return "PythonVirtualenvOperator";
        }
        return task.interpreter().isPresent() ? "ExternalPythonOperator" : "PythonOperator";
    }

    @Override
    public void write(PythonTask task, Arguments out) {
        out.put("python_callable", new Code.Raw(function(task, out)));
        if (!arguments(task).isEmpty()) {
            out.put("op_kwargs", out.jinja().nativeValue(arguments(task)));
        }
        environment(task, out);
    }

    /** Writes the decorated function with the arguments that are not mapped; what the decorator takes was collected. */
    static Code decorated(PythonTask task, Arguments out) {
        String kind = isOwn(task) ? ".virtualenv" : task.interpreter().isPresent() ? ".external_python" : "";
        Code decorator = new Code.Call(out.file().use("task") + kind, List.copyOf(out.list()));
        Code function = new Code.Raw(function(task, out));
        Code decorated = new Code.Method(decorator, "", List.of(new Code.Argument("", function)));
        List<Code.Argument> fixed = new ArrayList<>();
        new TreeMap<>(arguments(task))
                .forEach((name, value) ->
                        fixed.add(new Code.Argument(name, out.jinja().nativeValue(value))));
        return fixed.isEmpty() ? decorated : new Code.Method(decorated, "partial", fixed);
    }

    /** The variables come as an argument of their own, since only arguments are evaluated. */
    private static Map<String, Object> arguments(PythonTask task) {
        Map<String, Object> arguments = new LinkedHashMap<>(task.arguments());
        if (!task.env().isEmpty()) {
            arguments.put(ENVIRONMENT, task.env());
        }
        return arguments;
    }

    private static TrustedPython body(PythonTask task) {
        return task.env().isEmpty()
                ? task.code()
                : TrustedPython.of(
                        SET_ENVIRONMENT + PythonBody.indent(task.code().body(), ""));
    }

    private static boolean isOwn(PythonTask task) {
        return !task.requirements().isEmpty() || task.pythonVersion().isPresent();
    }

    static void environment(PythonTask task, Arguments out) {
        if (!task.requirements().isEmpty()) {
            out.plain("requirements", task.requirements());
        }
        out.plain("python_version", task.pythonVersion());
        out.plain("python", task.interpreter());
        if (isOwn(task)) {
            out.plain("system_site_packages", false);
        }
    }

    private static String function(PythonTask task, Arguments out) {
        Set<String> parameters = new TreeSet<>(arguments(task).keySet());
        task.mapping().ifPresent(m -> parameters.addAll(m.fieldNames()));
        List<String> all = new ArrayList<>(parameters);
        if (!isOwn(task) && task.interpreter().isEmpty()) {
            all.add("**context");
        } else if (task.mapping().filter(MappingCode::hasUnknownFields).isPresent()) {
            all.add("**arguments");
        }
        return out.file().function(out.node(), "run_" + out.node().id(), all, body(task));
    }
}
