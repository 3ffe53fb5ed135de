package dev.fairlead.airflow.dag;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says what Airflow does when a run has not ended in time (Airflow 3.1 and newer). Airflow runs it outside the DAG's file, so that it is a mail or a
 * message, not Python.
 *
 * @param from from when the time counts
 * @param at the fixed instant from which it counts, for {@link From#FIXED} alone
 * @param within how long the run may take from then on; longer than zero
 * @param callback what Airflow does
 * @see <a href="https://airflow.apache.org/docs/apache-airflow/stable/howto/deadline-alerts.html">Deadline alerts</a>
 */
public record DeadlineAlert(From from, Optional<Instant> at, Duration within, Callback callback) {
    /** From when the time of a run counts. */
    public enum From {
        /** From when the run was queued. */
        QUEUED_AT,
        /** From the instant the run stands for. */
        LOGICAL_DATE,
        /** From an instant that is the same for all runs. */
        FIXED
    }

    /** Counts from when a run was queued. */
    public static DeadlineAlert afterQueued(Duration within, Callback callback) {
        return new DeadlineAlert(From.QUEUED_AT, Optional.empty(), within, callback);
    }

    /** Counts from the instant a run stands for. */
    public static DeadlineAlert afterLogicalDate(Duration within, Callback callback) {
        return new DeadlineAlert(From.LOGICAL_DATE, Optional.empty(), within, callback);
    }

    /** Counts from an instant. */
    public static DeadlineAlert after(Instant at, Duration within, Callback callback) {
        return new DeadlineAlert(From.FIXED, Optional.of(at), within, callback);
    }
}
