package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Expression;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.Text;
import dev.fairlead.airflow.internal.dag.Graph.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the values of fields that Airflow evaluates, so that only templates are. */
final class Jinja {
    private final PythonFile file;
    private final Node node;
    private final List<String> fileEndings;

    /** Creates the writer for the operator of a task; texts with one of the endings would be read as the name of a file. */
    Jinja(PythonFile file, Node node, List<String> fileEndings) {
        this.file = file;
        this.node = node;
        this.fileEndings = List.copyOf(fileEndings);
    }

    Code code(Expression expression) {
        if (expression instanceof Text text) {
            return text(text.value());
        }
        if (expression instanceof TaskOutput<?> output) {
            return new Code.Str("{{ " + pull(output) + " }}");
        }
        String source = ((Template) expression).source();
        // a template is evaluated whatever it ends with: a space at the end keeps it from being taken for a file
        return new Code.Str(namesFile(source) ? source + "{{ '' }}" : source);
    }

    /** Writes what another task returned, as it stands inside a template. */
    String pull(TaskOutput<?> output) {
        return "ti.xcom_pull(task_ids='" + file.resolve(node, output.taskId()) + "', key='" + quoted(output.key())
                + "')";
    }

    /** Returns what evaluates to a text, for fields that take no literal; a template as it is. */
    static String escaped(Expression expression) {
        if (!(expression instanceof Text text)) {
            return ((Template) expression).source();
        }
        return isPlain(text.value())
                ? text.value()
                : "{{ '"
                        + text.value().replace("\\", "\\\\").replace("'", "\\'").replace("\r", "\\r") + "' }}";
    }

    private static boolean isPlain(String text) {
        return !text.contains("{{")
                && !text.contains("{%")
                && !text.contains("{#")
                && text.indexOf('\r') < 0
                && !text.endsWith("\n");
    }

    private static String quoted(String key) {
        return key.replace("\\", "\\\\").replace("'", "\\'");
    }

    /** Writes a text, wrapped where Airflow would change it: braces, line ends that Jinja rewrites or drops, file endings. */
    Code text(String text) {
        boolean plain = isPlain(text) && !namesFile(text);
        Code code = new Code.Str(text);
        return plain ? code : new Code.Call(file.use("literal"), List.of(new Code.Argument("", code)));
    }

    private boolean namesFile(String text) {
        return fileEndings.stream().anyMatch(text::endsWith);
    }

    /** Writes a plain value in which what other tasks returned arrives as what it was. */
    Code nativeValue(@Nullable Object value) {
        return Code.of(value, leaf -> {
            if (leaf instanceof TaskOutput<?> output) {
                return file.reference(node, output);
            }
            return leaf(leaf);
        });
    }

    /** Writes a plain value, expressions in it included. */
    Code value(@Nullable Object value) {
        return Code.of(value, this::leaf);
    }

    private Code leaf(@Nullable Object leaf) {
        if (leaf instanceof Expression expression) {
            return code(expression);
        }
        return leaf instanceof String text ? text(text) : new Code.Raw(Python.scalar(leaf));
    }

    /** Writes a plain value of a field that Airflow does not evaluate. */
    static Code plain(@Nullable Object value) {
        return Code.of(
                value, leaf -> leaf instanceof String text ? new Code.Str(text) : new Code.Raw(Python.scalar(leaf)));
    }
}
