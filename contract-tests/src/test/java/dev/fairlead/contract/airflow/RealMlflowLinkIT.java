package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.Operation;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.MlflowLink;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.Run;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.PythonEnvironments;
import dev.fairlead.testing.server.RealServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run of a DAG and a run of MLflow that name each other, with a task that logs to it by MLflow's own Python client. */
@RanOn("airflow 3.3.2")
class RealMlflowLinkIT {
    private static final String RUN = "first";

    private static Dag dag(String id, String tracking) {
        String python = PythonEnvironments.open()
                .require("mlflow-" + MlflowServer.CURRENT)
                .program("python")
                .toString();
        return Dag.builder(id)
                .mlflowParams()
                .python(
                        "train",
                        p -> p.interpreter(python)
                                .mlflowEnv()
                                .putEnv("MLFLOW_TRACKING_URI", tracking)
                                .putArgument("auc", 0.93)
                                .code("""
                                        import mlflow

                                        with mlflow.start_run() as run:
                                            mlflow.log_metric("auc", auc)
                                            return run.info.run_id
                                        """))
                .python(
                        "inside",
                        p -> p.mlflowEnv()
                                .code(
                                        "import os\nreturn [os.environ['MLFLOW_RUN_ID'], os.environ['MLFLOW_EXPERIMENT_ID']]"))
                .bash(
                        "shell",
                        b -> b.command("echo \"$MLFLOW_RUN_ID,$MLFLOW_EXPERIMENT_ID\"")
                                .mlflowEnv())
                .build();
    }

    @Test
    @Proves("airflow.mlflow-link")
    void runs_nameEachOther_andATaskLogsToTheMlflowRun() {
        try (RealAirflow place = RealAirflow.of(RealServers.airflow())) {
            String id = AirflowContract.id("mlflow_link");
            String tracking = RealServers.mlflow().uri().toString();
            MlflowClient mlflow = MlflowClient.builder()
                    .trackingUri(RealServers.mlflow().uri())
                    .build();
            AirflowClient airflow = place.client().build();
            Dag dag = dag(id, tracking);
            airflow.dags().deploy(dag).await(AirflowContract.PARSED);
            Experiment experiment = mlflow.experiments().ensure(id);
            ActiveRun active = mlflow.runs().start(experiment);
            MlflowLink link = new MlflowLink(active.id(), active.experimentId());

            Operation<DagRun> operation =
                    airflow.runs().trigger(dag, t -> t.runId(RUN).mlflow(link));
            DagRun run = airflow.runs().get(id, RUN);
            mlflow.runs().setTags(link.runId(), MlflowLink.tags(run));
            operation.await(AirflowContract.RUN);

            assertThat(run.conf())
                    .isEqualTo(Map.of("mlflow_run_id", active.id(), "mlflow_experiment_id", experiment.id()));
            assertThat(MlflowLink.of(run)).hasValue(link);
            assertThat(airflow.runs().output(id, RUN, "inside")).hasValue(List.of(active.id(), experiment.id()));
            assertThat(airflow.runs().output(id, RUN, "shell")).hasValue(active.id() + "," + experiment.id());
            assertThat(airflow.runs().output(id, RUN, "train")).hasValue(active.id());
            Run logged = mlflow.runs().get(active.id());
            assertThat(logged.metric("auc").orElseThrow().value()).isEqualTo(0.93);
            assertThat(logged.tags()).containsEntry("airflow.dag_id", id).containsEntry("airflow.dag_run_id", RUN);
            assertThat(MlflowLink.operationId(logged.tags())).hasValue(run.operationId());
            active.finish();
            airflow.dags().undeploy(id);
        }
    }
}
