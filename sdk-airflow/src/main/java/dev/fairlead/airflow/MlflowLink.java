package dev.fairlead.airflow;

import dev.fairlead.airflow.dag.Param;
import dev.fairlead.airflow.dag.Template;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Ties a run of a DAG to a run of MLflow, so that each names the other: the DAG's run is told of the MLflow run by its configuration, its tasks by
 * the variables that MLflow's own clients read, and the MLflow run of the DAG's run by tags.
 *
 * <pre>{@code
 * Dag dag = Dag.builder("flights").mlflowParams().bash("train", b -> b.command("python train.py").mlflowEnv()).build();
 * MlflowLink link = new MlflowLink(active.id(), active.experimentId());
 * Operation<DagRun> run = airflow.runs().trigger(dag, t -> t.runId("2025-01-05").mlflow(link));
 * mlflow.runs().setTags(link.runId(), MlflowLink.tags(airflow.runs().get("flights", "2025-01-05")));
 * }</pre>
 *
 * <p>A run that was started without an MLflow run has an empty run id and MLflow's default experiment; then MLflow's clients make a run of their
 * own, as they do without these variables.
 *
 * @param runId the id of the MLflow run
 * @param experimentId the id of its experiment
 */
public record MlflowLink(String runId, String experimentId) {
    /** Names the parameter of a DAG that holds the id of the MLflow run. */
    public static final String RUN_PARAM = "mlflow_run_id";

    /** Names the parameter of a DAG that holds the id of the experiment. */
    public static final String EXPERIMENT_PARAM = "mlflow_experiment_id";

    /** Names the variable by which MLflow's clients take up a run. */
    public static final String RUN_VARIABLE = "MLFLOW_RUN_ID";

    /** Names the variable by which MLflow's clients choose the experiment of a new run. */
    public static final String EXPERIMENT_VARIABLE = "MLFLOW_EXPERIMENT_ID";

    /** Names the tag of an MLflow run that holds the DAG. */
    public static final String DAG_TAG = "airflow.dag_id";

    /** Names the tag of an MLflow run that holds the run of the DAG. */
    public static final String DAG_RUN_TAG = "airflow.dag_run_id";

    /** Names the tag of an MLflow run that holds the date the run of the DAG stands for. */
    public static final String LOGICAL_DATE_TAG = "airflow.logical_date";

    private static final String DEFAULT_EXPERIMENT = "0";

    /** Returns the parameters that a DAG has for it, by their names. */
    public static Map<String, Param> params() {
        Map<String, Param> params = new LinkedHashMap<>();
        params.put(RUN_PARAM, Param.of("").description("The MLflow run that the tasks log to; empty for none."));
        params.put(
                EXPERIMENT_PARAM,
                Param.of(DEFAULT_EXPERIMENT).description("The MLflow experiment of runs that the tasks make."));
        return params;
    }

    /** Returns what becomes the id of the MLflow run in a task; empty text where the run was started without one. */
    public static Template run() {
        return Template.param(RUN_PARAM);
    }

    /** Returns what becomes the id of the experiment in a task. */
    public static Template experiment() {
        return Template.param(EXPERIMENT_PARAM);
    }

    /** Reads from a run of a DAG the MLflow run it was started with; empty where there is none. */
    public static Optional<MlflowLink> of(DagRun run) {
        return run.conf().get(RUN_PARAM) instanceof String runId && !runId.isEmpty()
                ? Optional.of(new MlflowLink(
                        runId, String.valueOf(run.conf().getOrDefault(EXPERIMENT_PARAM, DEFAULT_EXPERIMENT))))
                : Optional.empty();
    }

    /** Returns the tags that name a run of a DAG at an MLflow run. */
    public static Map<String, String> tags(DagRun run) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(DAG_TAG, run.dagId());
        tags.put(DAG_RUN_TAG, run.id());
        run.logicalDate().ifPresent(date -> tags.put(LOGICAL_DATE_TAG, date.toString()));
        return tags;
    }

    /** Reads from the tags of an MLflow run the id with which {@link Runs#operation(String)} takes up the run of the DAG; empty where there is none. */
    public static Optional<String> operationId(Map<String, String> tags) {
        String dagId = tags.get(DAG_TAG);
        String runId = tags.get(DAG_RUN_TAG);
        return dagId == null || runId == null ? Optional.empty() : Optional.of(dagId + "/" + runId);
    }
}
