package dev.fairlead.airflow;

import java.util.Locale;

/** Says which days that have a run already a backfill runs again. */
public enum Reprocess {
    /** None. */
    NONE,
    /** Those whose run failed. */
    FAILED,
    /** All whose run ended. */
    COMPLETED;

    /** Returns Airflow's word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
