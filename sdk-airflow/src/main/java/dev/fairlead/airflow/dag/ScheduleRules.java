package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.dag.CronRules;
import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** What Airflow demands of schedules. */
final class ScheduleRules {
    private ScheduleRules() {}

    static void check(Dag dag, Problems at) {
        check(dag.schedule(), at);
        at.require(
                !(dag.schedule() instanceof Schedule.Continuous)
                        || dag.maxActiveRuns().orElse(0) == 1,
                "maxActiveRuns",
                "must be 1 with a continuous schedule",
                dag.maxActiveRuns().isPresent() ? dag.maxActiveRuns().getAsInt() : null);
    }

    private static void check(Schedule schedule, Problems at) {
        if (schedule instanceof Schedule.Cron cron) {
            checkCron(cron.expression(), cron.zone(), at);
        } else if (schedule instanceof Schedule.Intervals cron) {
            checkCron(cron.expression(), cron.zone(), at);
        } else if (schedule instanceof Schedule.CronPartitions cron) {
            checkCron(cron.expression(), cron.zone(), at);
        } else if (schedule instanceof Schedule.Every every) {
            checkEvery(every.interval(), at);
        } else if (schedule instanceof Schedule.Assets assets) {
            AssetRules.check(at.at("schedule"), assets.condition());
        } else if (schedule instanceof Schedule.Partitions partitions) {
            AssetRules.check(at.at("schedule"), partitions.condition());
        } else if (schedule instanceof Schedule.AssetsOrTime either) {
            AssetRules.check(at.at("schedule"), either.condition());
            boolean timed = either.times() instanceof Schedule.Cron
                    || either.times() instanceof Schedule.Intervals
                    || either.times() instanceof Schedule.Every;
            if (at.require(
                    timed,
                    "schedule",
                    "must have a cron expression or a span of time beside its assets",
                    either.times())) {
                check(either.times(), at);
            }
        }
    }

    private static void checkCron(String expression, ZoneId zone, Problems at) {
        CronRules.check(expression).ifPresent(rule -> at.add("schedule", rule, expression));
        at.require(isRegion(zone), "schedule", "must be in UTC or in a region such as Europe/Paris", zone);
    }

    private static void checkEvery(Duration interval, Problems at) {
        TaskRules.positive(at, "schedule", Optional.of(interval));
        at.require(
                interval.equals(Duration.ofSeconds(interval.toSeconds())),
                "schedule",
                "must be of whole seconds",
                interval);
    }

    /** Airflow's zone data knows no bare offsets. */
    private static boolean isRegion(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC)
                || (!(zone instanceof ZoneOffset)
                        && zone.getId().matches("UTC|GMT|[A-Z][A-Za-z_]+/[A-Za-z0-9_+/-]+")
                        && !zone.getId().startsWith("SystemV/"));
    }
}
