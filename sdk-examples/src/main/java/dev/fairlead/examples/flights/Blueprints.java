package dev.fairlead.examples.flights;

import dev.fairlead.ModelSource;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.TrustedPython;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What runs on the platform: the DAG that retrains the model, and the deployment that serves it. */
final class Blueprints {
    private Blueprints() {}

    /** Every Monday: extract, train on a GPU, register, deploy. */
    static Dag retraining(int rows) {
        return Dag.builder(FlightsOnTime.DAG)
                .schedule(Schedule.cron("0 4 * * 1", ZoneOffset.UTC))
                .startDate(LocalDate.of(2026, 1, 5))
                .description("Retrains the flight model every Monday and promotes it when it registers.")
                .addTags("flights", "retraining")
                .retries(1, Duration.ofSeconds(30))
                .pod(
                        "extract",
                        t -> t.pod(p -> p.image("registry.example.org/flights/extract:1.4")
                                        .putEnv("ROWS", String.valueOf(rows))
                                        .resources(r -> r.cpu("1").memory("2Gi")))
                                .copiesLog(false))
                .pod(
                        "train",
                        t -> t.pod(p -> p.image("registry.example.org/flights/train:2.0")
                                        .putEnv("MLFLOW_EXPERIMENT_NAME", FlightsOnTime.NAME)
                                        .resources(r -> r.cpu("2").memory("4Gi").gpu(Gpu.nvidia(1))))
                                .copiesLog(false)
                                .executionTimeout(Duration.ofHours(2)))
                .python(
                        "register",
                        t -> t.code(TrustedPython.of("print('registered as', model)\nreturn model"))
                                .putArgument("model", FlightsOnTime.NAME))
                .python(
                        "deploy",
                        t -> t.code(TrustedPython.of("print('deploying', deployment)"))
                                .putArgument("deployment", FlightsOnTime.NAME))
                .chain("extract", "train", "register", "deploy")
                .build();
    }

    /** Nine of ten requests go to the main predictor, one to the canary, which has a GPU. */
    static SeldonDeployment canary(ModelSource champion) {
        return SeldonDeployment.builder(FlightsOnTime.NAME)
                .protocol(ServingProtocol.V2)
                .addPredictor(p -> p.name("main")
                        .server(ServerImplementation.MLFLOW)
                        .model(champion)
                        .resources(r -> r.cpu("1").memory("1Gi"))
                        .replicas(2)
                        .traffic(90))
                .addPredictor(p -> p.name("canary")
                        .server(ServerImplementation.MLFLOW)
                        .model(champion)
                        .resources(r -> r.cpu("1").memory("2Gi").gpu(Gpu.nvidia(1)))
                        .replicas(1)
                        .traffic(10))
                .build();
    }
}
