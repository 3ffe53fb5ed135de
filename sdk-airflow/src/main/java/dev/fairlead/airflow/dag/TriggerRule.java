package dev.fairlead.airflow.dag;

import java.util.Locale;

/** Says which ends of the tasks before it let a task run. */
public enum TriggerRule {
    /** All succeeded; the default. */
    ALL_SUCCESS,
    /** All failed, or could not run because of failures. */
    ALL_FAILED,
    /** All ended, whatever way. */
    ALL_DONE,
    /** All ended and none was skipped, and at least one succeeded; Airflow 3.1 and newer. */
    ALL_DONE_MIN_ONE_SUCCESS,
    /** All were skipped. */
    ALL_SKIPPED,
    /** At least one succeeded; does not wait for the others. */
    ONE_SUCCESS,
    /** At least one failed; does not wait for the others. */
    ONE_FAILED,
    /** At least one succeeded or failed. */
    ONE_DONE,
    /** None failed: each succeeded or was skipped. */
    NONE_FAILED,
    /** None failed, and at least one succeeded. */
    NONE_FAILED_MIN_ONE_SUCCESS,
    /** None was skipped. */
    NONE_SKIPPED,
    /** Runs at once, without regard to the tasks before. */
    ALWAYS;

    /** Returns Airflow's word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
