package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.airflow.Backfill;
import dev.fairlead.airflow.BackfillFailedException;
import dev.fairlead.airflow.BackfillSpec;
import dev.fairlead.airflow.PlannedRun;
import dev.fairlead.airflow.Reprocess;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs for dates that are past. */
abstract class BackfillsContract extends SurfaceContract {
    private static final Instant FIRST = Instant.parse("2026-01-02T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    /** The scheduler looks for ended backfills twice a minute. */
    private static final Duration ENDED = Duration.ofMinutes(4);

    private final String daily = unique("daily");
    private final String paused = unique("paused");
    private final String manual = unique("manual");

    @Override
    void prepare() {
        List<Dag> dags = List.of(
                daily(daily),
                daily(paused).with(d -> d.startsPaused(true)),
                Dag.builder(manual).empty("a").build());
        dags.stream().map(dag -> airflow.dags().deploy(dag)).toList().forEach(d -> d.await(PARSED));
    }

    private static Dag daily(String id) {
        return Dag.builder(id)
                .schedule(Schedule.daily())
                .startDate(Instant.parse("2026-01-01T00:00:00Z"))
                .empty("a")
                .build();
    }

    private static BackfillSpec days(String dag, int count) {
        return BackfillSpec.builder(dag)
                .firstDate(FIRST)
                .lastDate(FIRST.plus(DAY.multipliedBy(count - 1L)))
                .putConf("why", "late data")
                .build();
    }

    @Test
    @Proves("airflow.backfills")
    void create_days_areRunAsPlanned() {
        List<PlannedRun> plan = airflow.backfills().plan(days(daily, 3));
        assertThat(plan)
                .extracting(p -> p.logicalDate().orElseThrow())
                .containsExactly(FIRST, FIRST.plus(DAY), FIRST.plus(DAY.multipliedBy(2)));
        assertThat(airflow.backfills().running(daily)).isEmpty();

        Operation<Backfill> operation = airflow.backfills().create(days(daily, 3));
        Backfill done = airflow.backfills().operation(operation.id()).await(ENDED);

        assertThat(done.endedAt()).isPresent();
        assertThat(done.dagId()).isEqualTo(daily);
        assertThat(airflow.runs().list(daily).stream().filter(r -> r.type().equals("backfill")))
                .extracting(r -> r.logicalDate().orElseThrow())
                .containsExactlyInAnyOrder(FIRST, FIRST.plus(DAY), FIRST.plus(DAY.multipliedBy(2)));
        assertThat(airflow.backfills().list(daily).stream())
                .extracting(Backfill::id)
                .containsExactly(done.id());
        assertThatThrownBy(() -> airflow.backfills().pause(done.id())).isInstanceOf(ConflictException.class);
        assertThat(airflow.backfills().cancel(done.id())).isEqualTo(done);
    }

    @Test
    @Proves("airflow.backfills")
    void create_again_takesUpTheOneThatRuns_cancelEndsIt() {
        place.faults().dropNextReply("POST backfills", 1);
        Operation<Backfill> first = airflow.backfills().create(days(paused, 2));
        Operation<Backfill> again = airflow.backfills().create(days(paused, 2));

        assertThat(again.id()).isEqualTo(first.id());
        assertThatThrownBy(() -> airflow.backfills().create(days(paused, 5)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("backfill " + first.id() + " of DAG " + paused + " is running from 2026-01-02")
                .hasMessageContaining("or cancel it");
        int id = Integer.parseInt(first.id());
        assertThat(airflow.backfills().pause(id).paused()).isTrue();
        assertThat(airflow.backfills().unpause(id).paused()).isFalse();
        assertThat(airflow.backfills().get(id).conf()).isEqualTo(Map.of("why", "late data"));
        first.cancel();
        assertThatThrownBy(() -> again.await(ENDED))
                .isInstanceOfSatisfying(
                        BackfillFailedException.class,
                        e -> assertThat(e.failedRuns()).hasSize(2))
                .hasMessageContaining("2 of its runs failed or were cancelled")
                .hasMessageContaining("reprocess(FAILED)");
    }

    @Test
    @Proves("airflow.backfills")
    void create_impossible_saysWhy() {
        assertThatThrownBy(() -> airflow.backfills().create(days(manual, 2)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("has a non-periodic schedule that does not support backfills");
        assertThatThrownBy(() -> airflow.backfills().plan(days("nowhere", 2))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> airflow.backfills().get(999_999)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> BackfillSpec.builder("d")
                        .firstDate(FIRST)
                        .lastDate(FIRST.minus(DAY))
                        .reprocess(Reprocess.FAILED)
                        .maxActiveRuns(0)
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must not be before firstDate")
                .hasMessageContaining("must be at least 1");
        assertThatThrownBy(() -> airflow.backfills().operation("x"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("such as 12");
    }
}
