package dev.fairlead.airflow.dag;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

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

    /** Starts one run, as soon as the DAG is there. */
    static Schedule once() {
        return new Once();
    }

    /** Starts the next run when the last one has ended; needs {@code maxActiveRuns(1)}. */
    static Schedule continuous() {
        return new Continuous();
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
}
