package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.PythonEnvironments;
import dev.fairlead.testing.server.RealServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Airflow's own timetable reckons the next run as our schedules do, in many zones and around changes of the clock. No server is needed for it. */
@RanOn("airflow 3.3.2")
class RealCronIT {
    private static final int SAMPLE = "full".equals(System.getProperty("fairlead.campaign")) ? 20_000 : 600;
    private static final long SEED = Long.getLong("fairlead.seed", 20_260_301L);
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Paris",
            "America/New_York",
            "Australia/Lord_Howe",
            "Asia/Kolkata",
            "America/Sao_Paulo",
            "Africa/Casablanca");
    private static final List<String> MINUTES = List.of("0", "30", "*/15", "5", "0,45", "10-50/20", "59", "*");
    private static final List<String> HOURS = List.of("*", "0", "2", "3", "1,2", "*/2", "*/6", "23", "9-17", "0-23");
    private static final List<String> DATES = List.of("*", "1", "31", "15", "l", "*/10", "29", "1-7");
    private static final List<String> MONTHS = List.of("*", "2", "*/3", "jan", "6-8", "3,10");
    private static final List<String> WEEKDAYS =
            List.of("*", "1", "mon-fri", "0", "7", "sat,sun", "5#2", "l5", "fri-mon", "*/2", "fri#1", "l0");
    /** Clocks change in Paris and New York. */
    private static final List<Instant> CHANGES = List.of(
            Instant.parse("2026-03-29T01:00:00Z"),
            Instant.parse("2026-10-25T01:00:00Z"),
            Instant.parse("2026-03-08T07:00:00Z"),
            Instant.parse("2026-11-01T06:00:00Z"));

    private static final String RECKON = """
            import logging, sys
            logging.disable(logging.WARNING)
            import pendulum
            from airflow.timetables.trigger import CronTriggerTimetable
            for line in open(sys.argv[1], encoding="utf-8"):
                expression, zone, after = line.rstrip("\\n").split("\\t")
                try:
                    next = CronTriggerTimetable(expression, timezone=zone)._get_next(pendulum.from_timestamp(int(after)))
                    print("NEXT", int(next.timestamp()))
                except Exception as e:
                    print("NEXT", type(e).__name__)
            """;

    @TempDir
    Path folder;

    @BeforeAll
    static void airflowIsThere() {
        RealServers.skipped(RealServers.Kind.AIRFLOW)
                .ifPresent(reason -> Assumptions.abort("Airflow 3.3.2 does not run here: " + reason));
    }

    private static boolean isTaken(String expression) {
        try {
            Dag.builder("d").schedule(Schedule.cron(expression)).build();
            return true;
        } catch (InvalidValueException e) {
            return false;
        }
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    @Test
    @Proves("airflow.schedule.next")
    void next_anyExpression_isWhatAirflowReckons() throws Exception {
        Random random = new Random(SEED);
        List<String> asked = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        while (asked.size() < SAMPLE) {
            String expression = String.join(
                    " ",
                    pick(random, MINUTES),
                    pick(random, HOURS),
                    pick(random, DATES),
                    pick(random, MONTHS),
                    pick(random, WEEKDAYS));
            String zone = pick(random, ZONES);
            Instant after = random.nextInt(3) == 0
                    ? CHANGES.get(random.nextInt(CHANGES.size())).plusSeconds(random.nextInt(14_400) - 7_200)
                    : Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(2 * 365 * 86_400));
            if (isTaken(expression)) {
                asked.add(expression + "\t" + zone + "\t" + after.getEpochSecond());
                ours.add(Schedule.cron(expression, ZoneId.of(zone))
                        .next(after)
                        .map(next -> String.valueOf(next.getEpochSecond()))
                        .orElse("none"));
            }
        }
        Path file = Files.write(folder.resolve("asked.txt"), asked, StandardCharsets.UTF_8);

        String said = PythonEnvironments.open()
                .require("airflow-3.3.2")
                .python(
                        Duration.ofMinutes(20),
                        Map.of("AIRFLOW_HOME", folder.resolve("home").toString()),
                        "-c",
                        RECKON,
                        file.toString());

        List<String> theirs = said.lines()
                .filter(line -> line.startsWith("NEXT "))
                .map(line -> line.substring("NEXT ".length()))
                .toList();
        assertThat(theirs).hasSameSizeAs(asked);
        for (int i = 0; i < asked.size(); i++) {
            assertThat(ours.get(i)).as(asked.get(i)).isEqualTo(theirs.get(i));
        }
    }
}
