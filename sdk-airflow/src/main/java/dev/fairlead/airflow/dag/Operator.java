package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.render.Python;
import dev.fairlead.spi.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Is an operator that Fairlead has no kind for, as its source in Python says. Make a constant of it in your program; what is wrong here is
 * seen only when the task runs.
 *
 * @param module the module that holds it, such as {@code airflow.providers.amazon.aws.operators.s3}
 * @param className its class
 * @param provider the package that workers need, such as {@code apache-airflow-providers-amazon}; empty where it comes with Airflow
 * @param templateFields its {@code template_fields}: the arguments that Airflow evaluates
 * @param templateExt its {@code template_ext}: the endings by which it takes a text for the name of a file
 */
public record Operator(
        String module, String className, String provider, Set<String> templateFields, List<String> templateExt)
        implements Problems.Checked {
    private static final Pattern PROVIDER = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");

    /** Copies the fields and endings. */
    public Operator {
        templateFields = Set.copyOf(templateFields);
        templateExt = List.copyOf(templateExt);
    }

    /** Names an operator. */
    public static Operator of(
            String module,
            String className,
            String provider,
            Collection<String> templateFields,
            Collection<String> templateExt) {
        return new Operator(module, className, provider, Set.copyOf(templateFields), List.copyOf(templateExt));
    }

    @Override
    public void check(Problems at) {
        if (at.requireText("module", module)) {
            at.require(
                    List.of(module.split("\\.", -1)).stream().allMatch(Python::isName),
                    "module",
                    "must be a dotted path of Python names, such as airflow.providers.ssh.operators.ssh",
                    module);
        }
        if (at.requireText("className", className)) {
            at.require(Python.isName(className), "className", "must be the Python name of a class", className);
        }
        at.require(
                provider.isEmpty() || PROVIDER.matcher(provider).matches(),
                "provider",
                "must be the name of a package, or empty",
                provider);
        for (String field : new TreeSet<>(templateFields)) {
            at.require(Python.isName(field), "templateFields[" + field + "]", "must be a Python name", field);
        }
        for (String ending : new ArrayList<>(templateExt)) {
            at.requireText("templateExt", ending);
        }
    }
}
