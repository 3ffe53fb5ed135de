package dev.fairlead.airflow.internal;

/**
 * Names a run.
 *
 * @param dagId the DAG
 * @param runId the run
 */
record RunKey(String dagId, String runId) {
    @Override
    public String toString() {
        return dagId + "/" + runId;
    }
}
