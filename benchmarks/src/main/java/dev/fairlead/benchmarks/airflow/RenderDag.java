package dev.fairlead.benchmarks.airflow;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.testing.server.PythonEnvironments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Builds, checks and renders DAGs of growing size, in a tree of edges and in groups of 20; then lets a real DagBag of Airflow 3.3 parse the render
 * and a file of the same DAG as a person would type it, by turns. Usage: {@code RenderDag [rounds]}.
 */
public final class RenderDag {
    private static final int[] SIZES = {100, 1_000, 10_000, 20_000};
    private static final int GROUP = 20;
    private static final int PARSED = 2_000;
    private static final String PARSE = """
            import json, logging, sys, time
            logging.disable(logging.WARNING)
            from airflow.dag_processing.dagbag import DagBag
            def seconds(path):
                start = time.perf_counter()
                bag = DagBag(dag_folder=path, collect_dags=False)
                bag.process_file(path, only_if_updated=False)
                took = time.perf_counter() - start
                assert not bag.import_errors, bag.import_errors
                tasks = sum(len(d.tasks) for d in bag.dags.values())
                return took, tasks
            ours, typed, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
            seconds(ours), seconds(typed)
            a, b = [], []
            for _ in range(rounds):
                a.append(seconds(ours)[0]); b.append(seconds(typed)[0])
            assert seconds(ours)[1] == seconds(typed)[1]
            median = lambda l: sorted(l)[len(l) // 2]
            print('PARSED', median(a), median(b))
            """;

    private RenderDag() {}

    /** Prints the figures. */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
        System.out.printf(Locale.ROOT, "%nbuilt, checked and rendered, ms (median of %d, warm)%n", rounds);
        for (boolean grouped : new boolean[] {false, true}) {
            for (int size : SIZES) {
                double[] taken = new double[rounds];
                for (int round = -3; round < rounds; round++) {
                    long start = System.nanoTime();
                    int length =
                            dag(size, grouped).render(Dialect.V3_3).source().length();
                    double millis = (System.nanoTime() - start) / 1e6;
                    if (round >= 0 && length > 0) {
                        taken[round] = millis;
                    }
                }
                Arrays.sort(taken);
                System.out.printf(
                        Locale.ROOT, "%,8d tasks %-10s %8.1f%n", size, grouped ? "in groups" : "", taken[rounds / 2]);
            }
        }
        parse(rounds);
    }

    private static void parse(int rounds) throws IOException {
        Path folder = Files.createTempDirectory("fairlead-render");
        RenderedDag rendered = dag(PARSED, false).render(Dialect.V3_3);
        Path ours = Files.writeString(folder.resolve("ours.py"), rendered.source());
        Path typed = Files.writeString(folder.resolve("typed.py"), typed(PARSED));
        String said = PythonEnvironments.open()
                .require("airflow-3.3.2")
                .python(
                        Duration.ofMinutes(10),
                        Map.of(
                                "AIRFLOW_HOME", folder.resolve("home").toString(),
                                "AIRFLOW__CORE__LOAD_EXAMPLES", "False",
                                "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT", "600"),
                        "-c",
                        PARSE,
                        ours.toString(),
                        typed.toString(),
                        String.valueOf(rounds));
        String[] figures = said.lines()
                .filter(l -> l.startsWith("PARSED"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(said))
                .split(" ", -1);
        double render = Double.parseDouble(figures[1]);
        double hand = Double.parseDouble(figures[2]);
        System.out.printf(Locale.ROOT, "%nparsed by a DagBag, %,d tasks, seconds (median of %d)%n", PARSED, rounds);
        System.out.printf(Locale.ROOT, "%-28s %8.3f%n", "typed by hand", hand);
        System.out.printf(Locale.ROOT, "%-28s %8.3f  %.2fx%n", "rendered", render, render / hand);
    }

    private static Dag dag(int size, boolean grouped) {
        Dag.Builder dag = Dag.builder("big");
        if (!grouped) {
            for (int i = 0; i < size; i++) {
                String command = "echo " + i;
                dag.bash("t" + i, b -> b.command(command).putEnv("A", "b"));
                if (i > 0) {
                    dag.addEdge("t" + (i - 1) / 2, "t" + i);
                }
            }
            return dag.build();
        }
        for (int group = 0; group < size / GROUP; group++) {
            dag.group("g" + group, g -> {
                for (int i = 0; i < GROUP; i++) {
                    String command = "echo " + i;
                    g.bash("t" + i, b -> b.command(command).putEnv("A", "b"));
                    if (i > 0) {
                        g.addEdge("t" + (i - 1), "t" + i);
                    }
                }
            });
            if (group > 0) {
                dag.addEdge("g" + (group - 1) / 2, "g" + group);
            }
        }
        return dag.build();
    }

    /** The same DAG in the shortest form that a person would type. */
    private static String typed(int size) {
        StringBuilder file = new StringBuilder("""
                from airflow.providers.standard.operators.bash import BashOperator
                from airflow.sdk import DAG

                with DAG(dag_id="big_typed", schedule=None, catchup=False, is_paused_upon_creation=False):
                """);
        for (int i = 0; i < size; i++) {
            file.append(
                    "    t%1$d = BashOperator(task_id=\"t%1$d\", bash_command=\"echo %1$d\", env={\"A\": \"b\"}, append_env=True)%n"
                            .formatted(i));
        }
        for (int i = 1; i < size; i++) {
            file.append("    t%d >> t%d%n".formatted((i - 1) / 2, i));
        }
        return file.toString();
    }
}
