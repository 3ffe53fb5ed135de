package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.dag.CronTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Says when Airflow starts runs by itself. */
public sealed interface Schedule {
    /** Starts no run by itself: only {@code runs().trigger(…)} and people do. The default. */
    static Schedule manual() {
        return new Manual();
    }

    /** Starts runs at the times of a cron expression in UTC, five fields such as {@code 0 3 * * *} or {@code @daily}. */
    static Schedule cron(String expression) {
        return new Cron(expression, ZoneOffset.UTC);
    }

    /** Starts runs at the times of a cron expression in a time zone. */
    static Schedule cron(String expression, ZoneId zone) {
        return new Cron(expression, zone);
    }

    /** Starts a run every full hour. */
    static Schedule hourly() {
        return cron("0 * * * *");
    }

    /** Starts a run every midnight in UTC. */
    static Schedule daily() {
        return cron("0 0 * * *");
    }

    /** Starts a run every Sunday midnight in UTC. */
    static Schedule weekly() {
        return cron("0 0 * * 0");
    }

    /** Starts a run on the first of every month at midnight in UTC. */
    static Schedule monthly() {
        return cron("0 0 1 * *");
    }

    /** Starts a run whenever so much time has passed since the last one. */
    static Schedule every(Duration interval) {
        return new Every(interval);
    }

    /**
     * Starts runs at the times of a cron expression, each for the interval that ends then: its data interval, of which templates such as
     * {@code {{ data_interval_start }}} tell. What Airflow 2 did with a cron expression.
     */
    static Schedule intervals(String expression, ZoneId zone) {
        return new Intervals(expression, zone);
    }

    /** Starts a run when each of these assets was updated since the last run. */
    static Schedule assets(AssetCondition first, AssetCondition... more) {
        return new Assets(more.length == 0 ? first : AssetCondition.all(join(first, more)));
    }

    /** Starts a run when one of these assets is updated. */
    static Schedule anyAsset(AssetCondition first, AssetCondition... more) {
        return new Assets(more.length == 0 ? first : AssetCondition.any(join(first, more)));
    }

    /** Starts runs at times, and when assets were updated. */
    static Schedule assetsOrTime(AssetCondition assets, Schedule times) {
        return new AssetsOrTime(assets, times);
    }

    /**
     * Starts runs at the times of a cron expression, each for a partition of data whose key is the time of the run ({@code partition_key}, Airflow
     * 3.2 and newer). Assets that its tasks update carry the key.
     */
    static Schedule cronPartitions(String expression, ZoneId zone) {
        return new CronPartitions(expression, zone);
    }

    /** Starts a run for each partition key for which each of these assets was updated (Airflow 3.2 and newer). */
    static Schedule partitions(AssetCondition first, AssetCondition... more) {
        return new Partitions(more.length == 0 ? first : AssetCondition.all(join(first, more)));
    }

    private static AssetCondition[] join(AssetCondition first, AssetCondition... more) {
        AssetCondition[] all = new AssetCondition[more.length + 1];
        all[0] = first;
        System.arraycopy(more, 0, all, 1, more.length);
        return all;
    }

    /** Starts one run, as soon as the DAG is there. */
    static Schedule once() {
        return new Once();
    }

    /** Starts the next run when the last one has ended; needs {@code maxActiveRuns(1)}. */
    static Schedule continuous() {
        return new Continuous();
    }

    /**
     * Returns the first time after an instant at which a run is due; empty where none is by time. A span of time counts from the last run, so that
     * the instant given should be that of a run.
     */
    default Optional<Instant> next(Instant after) {
        if (this instanceof Cron cron) {
            return CronTimes.of(cron.expression(), cron.zone()).next(after);
        }
        if (this instanceof Intervals cron) {
            return CronTimes.of(cron.expression(), cron.zone()).next(after);
        }
        if (this instanceof CronPartitions cron) {
            return CronTimes.of(cron.expression(), cron.zone()).next(after);
        }
        if (this instanceof AssetsOrTime either) {
            return either.times().next(after);
        }
        return this instanceof Every every ? Optional.of(after.plus(every.interval())) : Optional.empty();
    }

    /** See {@link Schedule#manual()}. */
    record Manual() implements Schedule {
        @Override
        public String toString() {
            return "manual";
        }
    }

    /**
     * See {@link Schedule#cron(String, ZoneId)}. A run stands for its instant, not for the interval before it.
     *
     * @param expression five fields, or one of {@code @hourly @daily @weekly @monthly @quarterly @yearly}
     * @param zone where the times hold, daylight saving included
     */
    record Cron(String expression, ZoneId zone) implements Schedule {
        @Override
        public String toString() {
            return expression + " " + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
        }
    }

    /**
     * See {@link Schedule#every}.
     *
     * @param interval the time between two starts; whole seconds
     */
    record Every(Duration interval) implements Schedule {
        @Override
        public String toString() {
            return "every " + interval;
        }
    }

    /** See {@link Schedule#once()}. */
    record Once() implements Schedule {
        @Override
        public String toString() {
            return "once";
        }
    }

    /** See {@link Schedule#continuous()}. */
    record Continuous() implements Schedule {
        @Override
        public String toString() {
            return "continuous";
        }
    }

    /**
     * See {@link Schedule#intervals}.
     *
     * @param expression five fields, or one of {@code @hourly @daily @weekly @monthly @quarterly @yearly}
     * @param zone where the times hold, daylight saving included
     */
    record Intervals(String expression, ZoneId zone) implements Schedule {
        @Override
        public String toString() {
            return "intervals " + new Cron(expression, zone);
        }
    }

    /**
     * See {@link Schedule#assets}.
     *
     * @param condition what is waited for
     */
    record Assets(AssetCondition condition) implements Schedule {
        @Override
        public String toString() {
            return "assets";
        }
    }

    /**
     * See {@link Schedule#assetsOrTime}.
     *
     * @param condition what is waited for
     * @param times when a run starts all the same: a cron expression, with intervals or without, or a span of time
     */
    record AssetsOrTime(AssetCondition condition, Schedule times) implements Schedule {
        @Override
        public String toString() {
            return "assets or " + times;
        }
    }

    /**
     * See {@link Schedule#cronPartitions}.
     *
     * @param expression five fields, or one of {@code @hourly @daily @weekly @monthly @quarterly @yearly}
     * @param zone where the times hold, daylight saving included
     */
    record CronPartitions(String expression, ZoneId zone) implements Schedule {
        @Override
        public String toString() {
            return "partitions " + new Cron(expression, zone);
        }
    }

    /**
     * See {@link Schedule#partitions}.
     *
     * @param condition what is waited for
     */
    record Partitions(AssetCondition condition) implements Schedule {
        @Override
        public String toString() {
            return "partitions of assets";
        }
    }
}
