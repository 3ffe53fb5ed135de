package dev.fairlead.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.airflow.dag.Asset;
import dev.fairlead.airflow.dag.AssetAlias;
import dev.fairlead.airflow.dag.AssetCondition;
import dev.fairlead.airflow.dag.Callback;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DeadlineAlert;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Param;
import dev.fairlead.airflow.dag.RetryRule;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Assets, parameters, callbacks, deadlines and retry rules of a DAG. */
class DagSettingsTest {
    private enum Mode {
        FAST,
        FULL
    }

    private record Depth(int levels) {}

    private record Training(
            int rows, double rate, Mode mode, List<String> tags, Depth depth, LocalDate day, Optional<String> note) {}

    private static final Training DEFAULTS =
            new Training(1000, 0.1, Mode.FAST, List.of("a"), new Depth(3), LocalDate.of(2026, 1, 1), Optional.empty());

    private static List<Problem> problems(Consumer<Dag.Builder> change) {
        Dag.Builder dag = Dag.builder("d").bash("a", "true");
        change.accept(dag);
        InvalidValueException refused = catchThrowableOfType(InvalidValueException.class, dag::build);
        return refused == null ? List.of() : refused.problems();
    }

    private static Problem problem(Consumer<Dag.Builder> change) {
        List<Problem> found = problems(change);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String refusal(Dialect dialect, Consumer<Dag.Builder> change) {
        Dag.Builder dag = Dag.builder("d");
        change.accept(dag);
        InvalidValueException refused = catchThrowableOfType(
                InvalidValueException.class, () -> dag.build().render(dialect));
        return refused.problems().stream().map(Problem::toString).collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource({
        "'', uri must not be blank",
        "' ', uri must not be blank",
        "airflow://x, 'uri must not have the scheme airflow, which is Airflow''s own'",
        "s3:///key, uri must name a bucket after s3://",
        "s3://r\u00e9sum\u00e9/x, uri must be ASCII"
    })
    @Proves("airflow.assets")
    void asset_thatAirflowRefuses_isRefused(String uri, String rule) {
        assertThat(problems(d -> d.schedule(Schedule.assets(Asset.of("name", uri)))))
                .anySatisfy(p -> assertThat(p.toString()).startsWith("schedule." + rule));
    }

    @Test
    @Proves("airflow.assets")
    void asset_withPassword_isRefusedAndNotShown() {
        List<Problem> found = problems(d -> d.schedule(Schedule.assets(Asset.of("n", "postgres://me:hunter2@db/x"))));

        assertThat(found).isNotEmpty().allSatisfy(p -> assertThat(p.toString()).doesNotContain("hunter2"));
    }

    @Test
    @Proves("airflow.assets")
    void asset_conditions_areWrittenAsEachAirflowHasThem() {
        Dag dag = Dag.builder("d")
                .schedule(Schedule.assets(
                        Asset.of("raw", "s3://b/raw"), AssetCondition.any(Asset.of("s3://b/x"), AssetAlias.of("late"))))
                .bash(
                        "a",
                        b -> b.command("true").addOutlets(Asset.of("s3://b/out").extra("rows", 5)))
                .build();

        assertThat(dag.render(Dialect.V3_0).source())
                .contains("AssetAll(")
                .contains("Asset(name=\"raw\", uri=\"s3://b/raw\")")
                .contains("AssetAny(Asset(uri=\"s3://b/x\"), AssetAlias(name=\"late\"))")
                .contains("outlets=[Asset(uri=\"s3://b/out\", extra={\"rows\": 5})]");
        assertThat(dag.render(Dialect.V2_11).source())
                .contains("from airflow.datasets import Dataset, DatasetAlias, DatasetAll, DatasetAny")
                .contains("Dataset(uri=\"s3://b/raw\")")
                .doesNotContain("Asset(");
    }

    @Test
    @Proves("airflow.dialects")
    void render_whatTheAirflowLacks_isRefusedWithAWayOut() {
        assertThat(refusal(Dialect.V3_1, d -> d.schedule(Schedule.partitions(Asset.of("s3://b/x")))))
                .isEqualTo("schedule needs Airflow 3.2 or newer, was partitions of assets");
        assertThat(refusal(
                        Dialect.V3_0,
                        d -> d.addDeadlines(
                                DeadlineAlert.afterQueued(Duration.ofHours(1), Callback.email("a@b.org", "late")))))
                .isEqualTo("deadlines need Airflow 3.1 or newer; say runTimeout(…), which ends the run, was 1");
        assertThat(refusal(
                        Dialect.V3_2,
                        d -> d.bash("a", b -> b.command("true").addRetryRules(RetryRule.fail("builtins.ValueError")))))
                .isEqualTo(
                        "tasks[a].retryRules need Airflow 3.3 or newer; say retries(…), or raise AirflowFailException in "
                                + "the code, was 1");
        assertThat(refusal(Dialect.V3_1, d -> d.bash("a", b -> b.command("true").retryBackoff(1.5))))
                .isEqualTo("tasks[a].retryBackoff must be 2, or needs Airflow 3.2 or newer, was 1.5");
    }

    @Test
    @Proves("airflow.params")
    void params_ofARecord_haveItsTypes() {
        String source = Dag.builder("d")
                .params(DEFAULTS)
                .putParam("limit", Param.of(5).minimum(1).maximum(9).description("how many"))
                .build()
                .render(Dialect.V3_3)
                .source();

        assertThat(source)
                .contains("\"rows\": Param(1000, type=\"integer\")")
                .contains("\"rate\": Param(0.1, type=\"number\")")
                .contains("\"mode\": Param(\"FAST\", enum=[\"FAST\", \"FULL\"], type=\"string\")")
                .contains("\"tags\": Param([\"a\"], items={\"type\": \"string\"}, type=\"array\")")
                .contains("\"day\": Param(\"2026-01-01\", format=\"date\", type=\"string\")")
                .contains("\"note\": Param(None, type=[\"string\", \"null\"])")
                .contains("\"limit\": Param(5, description=\"how many\", maximum=9, minimum=1, type=\"integer\")");
    }

    @Test
    @Proves("airflow.params")
    void checkConf_valuesThatTheParametersForbid_areNamed() {
        Dag dag = Dag.builder("d")
                .params(DEFAULTS)
                .putParam("limit", Param.of(5).maximum(9))
                .putParam("who", Param.required("string").pattern("^[a-z]+$"))
                .build();

        InvalidValueException refused = catchThrowableOfType(
                InvalidValueException.class,
                () -> dag.checkConf(Map.of("rows", "x", "limit", 12, "mode", "SLOW", "depth", Map.of("levels", 1.5))));

        assertThat(refused)
                .hasMessageContaining("conf[rows] must be of type integer, was 'x'")
                .hasMessageContaining("conf[mode] must be one of [FAST, FULL], was 'SLOW'")
                .hasMessageContaining("conf[depth][levels] must be of type integer, was 1.5")
                .hasMessageContaining("conf[limit] must be at most 9, was 12")
                .hasMessageContaining("conf[who] must be set: it has no default, was not set");
        dag.checkConf(Map.of("who", "me", "rows", 5, "note", "text", "unknown", 1));
    }

    @Test
    @Proves("airflow.params")
    void param_thatAirflowRefuses_isRefused() {
        assertThat(problem(d -> d.putParam("n", Param.of(12).maximum(9))))
                .hasToString("params[n] must be at most 9, was 12");
        assertThat(problem(d -> d.schedule(Schedule.daily()).putParam("n", Param.required("string"))))
                .hasToString(
                        "params[n].defaultValue must be set in a DAG with a schedule, whose runs set none, was not set");
        assertThat(problem(d -> d.putParam("n", Param.required("text"))).rule())
                .startsWith("must be one of string, integer");
        assertThat(problem(d -> d.putParam("n", Param.of("x").pattern("["))).rule())
                .startsWith("must be a regular expression");
    }

    @Test
    @Proves("airflow.callbacks")
    void callbacks_areWrittenWithTheirTextsAsTheyAre() {
        String source = Dag.builder("d")
                .addOnFailure(
                        Callback.python("print(context['run_id'])"),
                        Callback.email("a@b.org", "failed {{ braces }} of 'us'").html(Template.of("{{ run_id }}")))
                .bash("a", b -> b.command("true").addOnRetry(Callback.slack("#ml", "again")))
                .build()
                .render(Dialect.V3_3)
                .source();

        assertThat(source)
                .contains("def on_failure(context):\n    print(context['run_id'])\n")
                .contains("subject=\"{{ 'failed {{ braces }} of \\\\'us\\\\'' }}\"")
                .contains("html_content=\"{{ run_id }}\"")
                .contains("on_retry_callback=SlackNotifier(channel=\"#ml\", text=\"again\")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", ""})
    @Proves("airflow.callbacks")
    void callback_withoutAnAddress_isRefused(String to) {
        assertThat(problem(d -> d.addOnFailure(Callback.email(to, "x"))))
                .hasToString("onFailure[0].to must be an address, was '" + to + "'");
    }

    @Test
    @Proves("airflow.deadlines")
    void deadline_thatAirflowRefuses_isRefused() {
        assertThat(problem(d -> d.addDeadlines(DeadlineAlert.afterQueued(Duration.ofHours(1), Callback.python("pass"))))
                        .toString())
                .startsWith("deadlines[0].callback must be a mail or a message");
        assertThat(problem(d -> d.addDeadlines(
                                DeadlineAlert.afterQueued(Duration.ZERO, Callback.email("a@b.org", "late"))))
                        .place())
                .isEqualTo("deadlines[0].within");
    }

    @Test
    @Proves("airflow.retry-rules")
    void retryRule_withoutAFullName_isRefused() {
        assertThat(problem(d -> d.bash("b", b -> b.command("true").addRetryRules(RetryRule.fail("ValueError")))))
                .hasToString(
                        "tasks[b].retryRules[0].exceptions must be full Python names such as builtins.ValueError, was "
                                + "'ValueError'");
    }

    @Test
    @Proves("airflow.validation")
    void dag_settingsThatContradict_areRefused() {
        assertThat(problem(d -> d.startDate(LocalDate.of(2026, 1, 2)).endDate(Instant.parse("2026-01-01T00:00:00Z")))
                        .place())
                .isEqualTo("endDate");
        assertThat(problem(d -> d.failFast(true)
                                .bash("b", b -> b.command("true").triggerRule(TriggerRule.ALL_DONE)))
                        .rule())
                .isEqualTo("must be ALL_SUCCESS where the first failure ends the run (failFast)");
        assertThat(problem(d -> d.schedule(Schedule.assetsOrTime(Asset.of("s3://b/x"), Schedule.once())))
                        .rule())
                .isEqualTo("must have a cron expression or a span of time beside its assets");
        assertThat(problem(d -> d.schedule(Schedule.intervals("0 25 * * *", ZoneOffset.UTC)))
                        .place())
                .isEqualTo("schedule");
    }

    @Test
    @Proves("airflow.schedule")
    void schedule_lastWeekdayBesideARestrictedDay_isRefused() {
        assertThat(problem(d -> d.schedule(Schedule.cron("0 0 15 * 5#2"))).rule())
                .startsWith("must not restrict the day of the month beside a last or n-th weekday");
        assertThat(problems(d -> d.schedule(Schedule.cron("0 0 * * 5#2")))).isEmpty();
        assertThat(problem(d -> d.schedule(Schedule.cron("0 0 30 2 *"))).rule())
                .isEqualTo("must name a day that some year has");
    }

    @Test
    @Proves("airflow.schedule.next")
    void next_acrossAChangeOfTheClock_isAsAirflowReckons() {
        Schedule nightly = Schedule.cron("30 2 * * *", java.time.ZoneId.of("Europe/Paris"));

        // 02:30 does not exist on 29 March 2026, and comes twice on 25 October
        assertThat(nightly.next(Instant.parse("2026-03-28T12:00:00Z"))).contains(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(nightly.next(Instant.parse("2026-10-24T12:00:00Z"))).contains(Instant.parse("2026-10-25T01:30:00Z"));
        assertThat(Schedule.every(Duration.ofHours(5)).next(Instant.EPOCH))
                .contains(Instant.parse("1970-01-01T05:00:00Z"));
        assertThat(Schedule.manual().next(Instant.EPOCH)).isEmpty();
    }
}
