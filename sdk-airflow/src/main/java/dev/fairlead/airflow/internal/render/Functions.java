package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Expression;
import dev.fairlead.airflow.dag.TrustedPython;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Writes the functions of operators that call one. */
final class Functions {
    private Functions() {}

    /** Adds a function of code with its arguments, and lets the operator call it. */
    static void write(Arguments out, String prefix, TrustedPython code, Map<String, Object> arguments) {
        List<String> parameters = new ArrayList<>(new TreeSet<>(arguments.keySet()));
        parameters.add("**context");
        out.put("python_callable", new Code.Raw(of(out, prefix, parameters, code)));
        if (!arguments.isEmpty()) {
            out.put("op_kwargs", out.jinja().nativeValue(arguments));
        }
    }

    /** Adds a function of our own that gets what an expression becomes, and lets the operator call it. */
    static void write(Arguments out, String prefix, String parameter, Expression value, String body) {
        out.put("python_callable", new Code.Raw(of(out, prefix, List.of(parameter), TrustedPython.of(body))));
        out.put("op_kwargs", out.jinja().nativeValue(Map.of(parameter, value)));
    }

    /** Adds a function and returns its name. */
    static String of(Arguments out, String prefix, List<String> parameters, TrustedPython code) {
        return out.file().function(out.node(), prefix + out.node().id(), parameters, code);
    }
}
