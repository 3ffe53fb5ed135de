package dev.fairlead.examples.flights;

import dev.fairlead.MlPlatform;
import dev.fairlead.ModelSource;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.inference.InferenceModel;
import dev.fairlead.inference.InferenceResponse;
import dev.fairlead.inference.Tensor;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Will my flight be on time? The whole life of a model in one program: data, training, tracking, registry, retraining DAG, canary, prediction.
 *
 * <p>Without arguments it runs on the embedded platform and needs nothing installed. With {@code --mlflow URI --airflow URI --airflow-dags DIR
 * --kubeconfig FILE …} the same program runs on real services. Run again, it finds what it made before and goes on.
 */
public final class FlightsOnTime {
    static final String NAME = "flights-on-time";
    static final String DAG = "flights_on_time";
    private static final int ROWS = 50_000;
    private static final long SEED = 2019;
    private static final int CHECKED = 1_000;

    private final MlPlatform platform;
    private final MlflowClient mlflow;
    private final AirflowClient airflow;
    private final SeldonClient seldon;
    private final Progress progress;
    private final List<Created> created = new ArrayList<>();
    private final List<FlightModel.Epoch> epochs = new ArrayList<>();

    FlightsOnTime(MlPlatform platform, Progress progress) {
        this.platform = platform;
        this.mlflow = MlflowClient.create(platform);
        this.airflow = AirflowClient.create(platform);
        this.seldon = SeldonClient.create(platform);
        this.progress = progress;
    }

    /** Runs the whole story; without arguments on the embedded platform. */
    public static void main(String[] arguments) throws Exception {
        try (Where where = Where.of(arguments)) {
            new FlightsOnTime(where.platform(), Progress.onStandardOutput(9)).run(where);
        }
    }

    void run(Where where) throws IOException {
        FlightData flights = progress.stage("Draw the flights", stage -> {
            FlightData drawn = FlightData.generate(ROWS, SEED);
            stage.note("%,d rows, %.0f %% late", drawn.size(), 100 * drawn.lateShare());
            return drawn;
        });
        FlightData.Split data = flights.split(0.8);
        Trained trained = progress.stage("Train, tracked in MLflow", stage -> train(flights, data, stage));
        ModelVersion version = progress.stage("Register the model", stage -> register(trained, stage));
        Dag dag = progress.stage("Compose the retraining DAG", stage -> {
            stage.note("extract > train on a GPU > register > deploy");
            return Blueprints.retraining(ROWS);
        });
        progress.stage("Publish it to Airflow", stage -> publish(dag, stage));
        DagRun run = progress.stage("Run it", stage -> retrain(stage));
        ModelSource champion = mlflow.models().resolve(NAME + "/" + version.version());
        progress.stage("Roll the canary out", stage -> rollOut(Blueprints.canary(champion), stage));
        FlightModel.Agreement agreement =
                progress.stage("Ask it", stage -> predict(trained.model(), data.test(), stage));
        Path report = progress.stage("Write the report", stage -> {
            Story story = new Story(where.name(), flights, epochs, trained.scores(), agreement, created);
            stage.note("%s", where.report());
            return story.report(dag, airflow.runs().tasks(DAG, run.id())).writeTo(where.report());
        });
        created.add(new Created(
                "report", report.getFileName().toString(), report.toUri().toString()));
        progress.table(created);
    }

    record Trained(FlightModel model, Evaluation scores, String runId) {}

    private Trained train(FlightData flights, FlightData.Split data, Progress.Stage stage) throws IOException {
        FlightModel.Settings settings = FlightModel.Settings.defaults();
        var experiment = mlflow.experiments().ensure(NAME);
        // the same data and settings are the same run: a second start of the program resumes it
        String key = NAME + "-" + SEED + "-" + settings.asMap().hashCode();
        try (ActiveRun run =
                mlflow.runs().start(experiment, r -> r.name("fm-" + SEED).resumeKey(key))) {
            created.add(new Created(
                    "experiment", experiment.id(), mlflow.trackingUri() + "/#/experiments/" + experiment.id()));
            created.add(new Created(
                    "run", run.id(), mlflow.trackingUri() + "/#/experiments/" + experiment.id() + "/runs/" + run.id()));
            run.logParams(settings.asMap()).logParam("rows", ROWS).logParam("data.seed", SEED);
            Instant start = run.get().startTime();
            FlightModel model = FlightModel.train(data, settings, epoch -> {
                epochs.add(epoch);
                stage.at(epoch.number(), settings.epochs());
                // stamped by the run's start, a metric that is logged again adds no row
                run.logMetrics(Tracking.metrics(epoch, start.plusSeconds(epoch.number())));
            });
            Evaluation scores = model.evaluate(data.test());
            Path folder = Files.createTempDirectory("flights");
            run.logArtifact(flights.head(CHECKED).writeCsv(folder.resolve("sample.csv")), "data");
            run.artifacts().putText("data/README.md", flights.describe());
            run.logModel(
                    "model",
                    ModelPackage.onnx(model.writeOnnx(folder.resolve("model.onnx")))
                            .signature(Tracking.signature())
                            .build());
            run.finish();
            stage.note("%d epochs, accuracy %.3f, AUC %.3f", settings.epochs(), scores.accuracy(), scores.auc());
            return new Trained(model, scores, run.id());
        }
    }

    private ModelVersion register(Trained trained, Progress.Stage stage) {
        ModelVersion version = mlflow.models()
                .register(NAME, m -> m.source(trained.runId(), "model").key(trained.runId()))
                .await(Duration.ofMinutes(2));
        mlflow.models().setAlias(NAME, "champion", version.version());
        created.add(new Created("model", NAME + " v" + version.version(), mlflow.trackingUri() + "/#/models/" + NAME));
        stage.note("version %s is the champion", version.version());
        return version;
    }

    private DeployedDag publish(Dag dag, Progress.Stage stage) {
        DeployedDag deployed = airflow.dags()
                .deploy(dag)
                .onProgress(p -> stage.note("%s", p.state()))
                .await(Duration.ofMinutes(3));
        created.add(new Created("dag", DAG, airflow.uri() + "/dags/" + DAG));
        stage.note("parsed, and the source is the one we wrote");
        return deployed;
    }

    private DagRun retrain(Progress.Stage stage) {
        DagRun run = airflow.runs()
                .trigger(DAG, t -> t.runId(NAME + "-" + SEED).unpause(true))
                .onProgress(p -> stage.note("%s", p.state()))
                .await(Duration.ofMinutes(10));
        created.add(new Created("dag run", run.id(), airflow.uri() + "/dags/" + DAG + "/runs/" + run.id()));
        stage.note("%s", run.state());
        return run;
    }

    private SeldonDeploymentStatus rollOut(SeldonDeployment canary, Progress.Stage stage) {
        SeldonDeploymentStatus status = seldon.deployments()
                .deploy(canary)
                .onProgress(p -> stage.note("%s %s", p.state(), p.detail()))
                .await(Duration.ofMinutes(5));
        created.add(new Created(
                "deployment", platform.namespace() + "/" + NAME, "kubernetes, main 90 %, canary 10 % on a GPU"));
        stage.note("%s, main 90 %%, canary 10 %%", status.state());
        return status;
    }

    private FlightModel.Agreement predict(FlightModel model, FlightData test, Progress.Stage stage) {
        float[][] rows = test.head(CHECKED).features();
        InferenceModel served = seldon.model(NAME);
        served.whenReady().await(Duration.ofMinutes(1));
        InferenceResponse answer = served.infer(Tensor.of(FlightModel.INPUT, rows));
        FlightModel.Agreement agreement = model.compare(
                rows,
                answer.output(FlightModel.LABEL).longs(),
                answer.output(FlightModel.PROBABILITIES).floats());
        if (!agreement.holds()) {
            throw new IllegalStateException(
                    "the served model answers otherwise than the one trained here: " + agreement);
        }
        stage.note("%,d answers, the same as in this JVM (at most %.0e apart)", agreement.rows(), agreement.furthest());
        return agreement;
    }
}
