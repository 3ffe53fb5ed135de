package dev.fairlead.examples;

import dev.fairlead.airflow.dag.Argument;
import dev.fairlead.airflow.dag.Asset;
import dev.fairlead.airflow.dag.Callback;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.PythonTask;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.TaskOutput;
import java.time.Duration;

/** Composes a DAG of groups, mapped tasks and typed outputs that runs when its data is new, and shows the Python. */
public final class Compose {
    private Compose() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        System.out.println(scoring().render(Dialect.NEWEST).source());
    }

    // region typed
    static final Argument<String> MONTH = Argument.of("month", String.class);
    static final Argument<Double> RATE = Argument.of("rate", Double.class);

    static PythonTask months() {
        return PythonTask.builder("months")
                .code("return [f'2026-{month:02}' for month in range(1, 4)]")
                .build();
    }
    // endregion

    // region compose
    /** What a run may set; each component is a parameter with its type and its default. */
    record Settings(double rate, int epochs) {}

    static Dag scoring() {
        return Dag.builder("scoring")
                .schedule(Schedule.assets(Asset.of("flights", "s3://flights/raw"))) // runs when the data is new
                .params(new Settings(0.1, 20))
                .addOnFailure(Callback.email("ml@example.org", "scoring failed"))
                .addTask(months())
                .group(
                        "model",
                        g -> g.bash("cluster", b -> b.command("echo up").setup())
                                .python(
                                        "score", // one instance for each month, decided when it runs
                                        p -> p.code("return {'month': month, 'score': rate}")
                                                .putArgument(RATE, 0.5)
                                                .mapping(
                                                        Mapping.over(MONTH, TaskOutput.listOf("months", String.class))))
                                .bash("down", b -> b.command("echo down").teardownOf("cluster"))
                                .chain("cluster", "score", "down"))
                .python(
                        "report",
                        p -> p.code("print(list(scores))")
                                .putArgument("scores", TaskOutput.of("model.score"))
                                .retries(2, Duration.ofMinutes(5)))
                .build();
    }
    // endregion
}
