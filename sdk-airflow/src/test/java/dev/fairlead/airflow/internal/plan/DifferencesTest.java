package dev.fairlead.airflow.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.DagChange;
import dev.fairlead.airflow.DagFileState;
import dev.fairlead.airflow.DagPlan;
import dev.fairlead.airflow.dag.BashTask;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Edge;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static final Dag BEFORE = Dag.builder("flights")
            .description("Trains \"the\" model")
            .schedule(Schedule.cron("0 3 * * *", ZoneId.of("Europe/Paris")))
            .startDate(LocalDate.of(2026, 1, 1))
            .doc("a long text about flights, ".repeat(12))
            .bash(
                    "extract",
                    b -> b.command("python extract.py; echo '# no comment'").putEnv("DAY", Template.of("{{ ds }}")))
            .python("count", p -> p.code("""
                    text = '''
                def not_a_function():
                '''
                    return f"{rows} # rows"
                """).putArgument("rows", 5))
            .pod("train", p -> p.image("train:1").args("--epochs", "3").namespace("ml"))
            .empty("done")
            .chain("extract", "count", "train", "done")
            .build();

    private static String text(Dag dag) {
        return dag.render(Dialect.NEWEST).source();
    }

    private static List<String> changes(Dag after) {
        return Differences.between(Optional.of(text(BEFORE)), text(after)).stream()
                .map(DagChange::toString)
                .toList();
    }

    private static Dag withTask(String id, java.util.function.UnaryOperator<dev.fairlead.airflow.dag.Task> change) {
        return BEFORE.with(d -> d.tasks(BEFORE.tasks().stream()
                .map(t -> t.id().equals(id) ? change.apply(t) : t)
                .toList()));
    }

    @Test
    @Proves("airflow.plan")
    void between_sameDag_isNothing() {
        assertThat(changes(BEFORE)).isEmpty();
    }

    @Test
    @Proves("airflow.plan")
    void between_taskAndEdge_comeAndGo() {
        Dag after = BEFORE.with(d -> d.tasks(BEFORE.tasks().subList(0, 3))
                .edges(BEFORE.edges().subList(0, 2))
                .bash("report", "echo done")
                .addEdge(new Edge("train", "report")));

        assertThat(changes(after))
                .containsExactly(
                        "+ task report (BashOperator)",
                        "- task done (EmptyOperator)",
                        "+ edge train >> report",
                        "- edge train >> done");
    }

    @Test
    @Proves("airflow.plan")
    void between_settings_areNamedWithBothValues() {
        Dag after = withTask(
                        "extract",
                        t -> ((BashTask) t)
                                .with(b -> b.retries(2, Duration.ofSeconds(30)).putEnv("MODE", "fast")))
                .with(d -> d.schedule(Schedule.cron("30 3 * * *", ZoneId.of("Europe/Paris")))
                        .description("Trains {it}")
                        .maxActiveRuns(1)
                        .retries(1));

        assertThat(changes(after))
                .containsExactly(
                        "~ description: \"Trains \\\"the\\\" model\" -> \"Trains {it}\"",
                        "~ schedule: CronTriggerTimetable(\"0 3 * * *\", timezone=\"Europe/Paris\") -> "
                                + "CronTriggerTimetable(\"30 3 * * *\", timezone=\"Europe/Paris\")",
                        "+ max_active_runs: 1",
                        "+ default_args: {\"retries\": 1}",
                        "+ task extract.env.MODE: \"fast\"",
                        "+ task extract.retries: 2",
                        "+ task extract.retry_delay: timedelta(seconds=30)");
    }

    @Test
    @Proves("airflow.plan")
    void between_podAndCode_goIntoTheDetail() {
        Dag after = withTask("train", t -> ((dev.fairlead.airflow.dag.PodTask) t).with(p -> p.image("train:2")))
                .with(d -> d.tasks(d.build().tasks()));
        assertThat(changes(after))
                .containsExactly("~ task train.pod_template_dict.spec.containers[0].image: \"train:1\" -> \"train:2\"");

        Dag code = withTask("count", t -> ((dev.fairlead.airflow.dag.PythonTask) t).with(p -> p.code("""
                    text = '''
                def not_a_function():
                '''
                    return rows
                """)));
        assertThat(changes(code))
                .containsExactly("~ code run_count\n    -     return f\"{rows} # rows\"\n    +     return rows");
    }

    @Test
    @Proves("airflow.plan")
    void between_newDag_listsAll_otherDialectIsNamed() {
        assertThat(Differences.between(Optional.empty(), text(BEFORE)))
                .extracting(DagChange::toString)
                .contains("+ task extract (BashOperator)", "+ edge extract >> count", "+ code run_count (5 lines)")
                .allMatch(c -> c.startsWith("+ "));
        assertThat(Differences.between(Optional.of(BEFORE.render(Dialect.V3_0).source()), text(BEFORE)))
                .extracting(DagChange::toString)
                .containsExactly("~ dialect: 3.0 -> " + Dialect.NEWEST.version());
    }

    @Test
    @Proves("airflow.plan")
    void between_anothersFile_isComparedAsFarAsItCanBe() {
        assertThat(Differences.between(Optional.of("x = (1,\n"), text(BEFORE)))
                .extracting(DagChange::toString)
                .containsExactly("~ file (cannot be compared, for the one there now is not as Fairlead writes it)");
        assertThat(Differences.between(Optional.of(text(BEFORE) + "# by hand\n"), text(BEFORE)))
                .extracting(DagChange::toString)
                .containsExactly("~ file (another text that says the same)");
        assertThat(Differences.between(Optional.of("import os\nprint(os.environ['A'])\n"), text(BEFORE)))
                .extracting(DagChange::toString)
                .contains("- statement print(os.environ [ 'A' ])");
    }

    @Test
    @Proves("airflow.plan")
    void plan_isReadByAColleague() {
        DagPlan plan = new DagPlan(
                "flights",
                "/dags",
                DagFileState.EDITED,
                DagFileState.OLDER,
                Differences.between(Optional.of(text(BEFORE)), text(BEFORE.with(d -> d.maxActiveRuns(2)))));

        assertThat(plan).hasToString("""
                        DAG flights at /dags: 1 change
                          + max_active_runs: 2
                          ! the file was changed by hand: take the change over, or overwrite it""");
        assertThat(plan.isEmpty()).isFalse();
        assertThat(plan.needsOverwrite()).isTrue();
        assertThat(new DagPlan("flights", "", DagFileState.SAME, DagFileState.SAME, List.of()))
                .hasToString("DAG flights: nothing to change")
                .extracting(DagPlan::isEmpty)
                .isEqualTo(true);
        assertThat(new DagPlan("flights", "", DagFileState.SAME, DagFileState.OLDER, List.of()).toString())
                .isEqualTo("DAG flights: 0 changes\n  ! the file is there, and the server does not run it yet");
    }
}
