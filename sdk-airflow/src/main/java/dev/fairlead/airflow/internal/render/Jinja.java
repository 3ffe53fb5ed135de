package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Expression;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the values of fields that Airflow evaluates, so that only templates are. */
final class Jinja {
    private final Imports imports;
    private final List<String> fileEndings;

    /** Creates the writer for an operator; texts with one of the endings would be read as the name of a file. */
    Jinja(Imports imports, List<String> fileEndings) {
        this.imports = imports;
        this.fileEndings = List.copyOf(fileEndings);
    }

    Code code(Expression expression) {
        if (expression instanceof Text text) {
            return text(text.value());
        }
        if (expression instanceof TaskOutput output) {
            return new Code.Str(
                    "{{ ti.xcom_pull(task_ids='" + output.taskId() + "', key='" + quoted(output.key()) + "') }}");
        }
        String source = ((Template) expression).source();
        // a template is evaluated whatever it ends with: a space at the end keeps it from being taken for a file
        return new Code.Str(namesFile(source) ? source + "{{ '' }}" : source);
    }

    private static String quoted(String key) {
        return key.replace("\\", "\\\\").replace("'", "\\'");
    }

    /** Writes a text, wrapped where Airflow would change it: braces, line ends that Jinja rewrites or drops, file endings. */
    Code text(String text) {
        boolean plain = !text.contains("{{")
                && !text.contains("{%")
                && !text.contains("{#")
                && text.indexOf('\r') < 0
                && !text.endsWith("\n")
                && !namesFile(text);
        Code code = new Code.Str(text);
        return plain ? code : new Code.Call(imports.use("literal"), List.of(new Code.Argument("", code)));
    }

    private boolean namesFile(String text) {
        return fileEndings.stream().anyMatch(text::endsWith);
    }

    /** Writes a plain value, expressions in it included. */
    Code value(@Nullable Object value) {
        return Code.of(value, leaf -> {
            if (leaf instanceof Expression expression) {
                return code(expression);
            }
            return leaf instanceof String text ? text(text) : new Code.Raw(Python.scalar(leaf));
        });
    }

    /** Writes a plain value of a field that Airflow does not evaluate. */
    static Code plain(@Nullable Object value) {
        return Code.of(
                value, leaf -> leaf instanceof String text ? new Code.Str(text) : new Code.Raw(Python.scalar(leaf)));
    }
}
