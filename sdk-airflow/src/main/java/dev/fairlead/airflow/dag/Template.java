package dev.fairlead.airflow.dag;

/**
 * Is a Jinja template that Airflow evaluates when the task runs. Never build one from text that others wrote: pass that as {@link Text}.
 *
 * @param source the template, such as {@code {{ ds }}}
 */
public record Template(String source) implements Expression {
    /** Makes a template. */
    public static Template of(String source) {
        return new Template(source);
    }

    /** Makes a template that becomes a parameter of the DAG, or what the run's configuration set in its place. */
    public static Template param(String name) {
        return new Template("{{ params[" + quoted(name) + "] }}");
    }

    /** Makes a template that becomes an entry of the run's configuration; the task fails where the run has none. */
    public static Template conf(String name) {
        return new Template("{{ dag_run.conf[" + quoted(name) + "] }}");
    }

    /** Makes a template that becomes the run's id. */
    public static Template runId() {
        return new Template("{{ run_id }}");
    }

    private static String quoted(String name) {
        return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
