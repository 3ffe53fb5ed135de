package dev.fairlead.examples;

import dev.fairlead.CallListener;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.admin.Permission;
import dev.fairlead.mlflow.admin.Resource;
import dev.fairlead.mlflow.admin.Workspace;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Looks after an MLflow server: workspaces, users, and what the client itself does. */
public final class Administration {
    private Administration() {}

    // region workspaces
    /** Makes a team's workspace, and its first experiment in it. */
    public static Experiment workspace(MlflowClient mlflow, String team) {
        Workspace workspace = mlflow.workspaces().ensure(team, w -> w.description("models of " + team));
        return mlflow.workspace(workspace.name()).experiments().ensure("flights");
    }
    // endregion

    // region users
    /** Lets a new colleague log to one experiment, and only look at the others. */
    public static void colleague(MlflowClient mlflow, String name, String password, Experiment experiment) {
        mlflow.users().create(name, password);
        mlflow.permissions().grant(name, Resource.experiment(experiment.id()), Permission.EDIT);
    }
    // endregion

    // region raw
    /** Calls what the client has no method for. */
    public static Map<String, Object> info(MlflowClient mlflow) {
        return mlflow.raw().get("/api/3.0/mlflow/server-info");
    }
    // endregion

    // region listener
    /** Sums up the time of each operation; hand the numbers to Micrometer, OpenTelemetry or any other library. */
    public static MlflowClient timed(String trackingUri, ConcurrentMap<String, Duration> times) {
        return MlflowClient.builder()
                .trackingUri(trackingUri)
                .platform(p -> p.addCallListener(new CallListener() {
                    @Override
                    public void onAttempt(Attempt attempt) {
                        times.merge(attempt.system() + " " + attempt.operation(), attempt.duration(), Duration::plus);
                    }
                }))
                .build();
    }
    // endregion

    /** Prints how long the server takes to tell what it is. */
    public static void main(String[] arguments) {
        ConcurrentMap<String, Duration> times = new ConcurrentHashMap<>();
        MlflowClient mlflow = timed(arguments[0], times);
        System.out.println(info(mlflow));
        times.forEach((operation, time) -> System.out.println(operation + " took " + time.toMillis() + " ms"));
    }
}
