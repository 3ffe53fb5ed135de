package dev.fairlead.testing.server;

import dev.fairlead.testing.server.RealServers.Kind;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** How the shared servers are started and fitted to each other. */
final class SharedStarters {
    /** Known before anything runs, so that the cluster can forward to the model server without waiting for it. */
    private final int modelHttp = Ports.free();

    private final int modelGrpc = Ports.free();

    ServerStarter mlflow(String version) {
        return python(
                "mlflow-" + version,
                () -> MlflowServer.builder().version(version).start());
    }

    ServerStarter airflow(String version) {
        return python("airflow-" + version, () -> {
            AirflowServer.Builder airflow = AirflowServer.builder().version(version);
            if (RealServers.skipped(Kind.KUBERNETES).isEmpty()) {
                airflow.kubeconfig(RealServers.kubernetes().kubeconfig());
            }
            return airflow.start();
        });
    }

    ServerStarter mlServer() {
        return python(
                "mlserver-" + MlServer.CURRENT,
                () -> MlServer.builder().httpPort(modelHttp).grpcPort(modelGrpc).start());
    }

    ServerStarter kubernetes() {
        return starter(
                SharedStarters::kubernetesMissing,
                () -> KubeCluster.builder()
                        .forwardInference(modelHttp, modelGrpc)
                        .start());
    }

    private static Optional<String> kubernetesMissing(boolean mayInstall) {
        if (KubeAssets.find().isPresent()) {
            return Optional.empty();
        }
        if (mayInstall) {
            KubeAssets.build();
            return Optional.empty();
        }
        return Optional.of(KubeAssets.missing());
    }

    ServerStarter seldon() {
        return starter(
                mayInstall -> kubernetesMissing(mayInstall)
                        .or(() -> SeldonFiles.find().isEmpty() ? Optional.of(SeldonFiles.MISSING) : Optional.empty())
                        .or(() -> Debian.missing("xz", "xz-utils", mayInstall))
                        .or(() -> neighbours(mayInstall)),
                () -> SeldonOperator.builder(RealServers.kubernetes())
                        .istio()
                        .ambassador()
                        .keda()
                        .start());
    }

    ServerStarter seldon2() {
        String lock = "mlserver-" + MlServer.CURRENT;
        return starter(
                mayInstall -> kubernetesMissing(mayInstall)
                        .or(() -> SeldonFiles.find()
                                .map(SeldonFiles::core2Missing)
                                .orElse(Optional.of(SeldonFiles.MISSING)))
                        .or(() -> Debian.missing("xz", "xz-utils", mayInstall))
                        .or(() -> Debian.missing("rclone", "rclone", mayInstall))
                        .or(() -> OwnHosts.missing())
                        .or(() -> pythonMissing(lock, mayInstall)),
                () -> SeldonCore2.builder(RealServers.kubernetes()).start());
    }

    /** The operator runs without them too. */
    private static Optional<String> neighbours(boolean mayInstall) {
        if (mayInstall) {
            ModuleCrds.fetch();
        }
        return Optional.empty();
    }

    private static ServerStarter python(String lock, Supplier<LocalServer> start) {
        return starter(mayInstall -> pythonMissing(lock, mayInstall), start);
    }

    private static Optional<String> pythonMissing(String lock, boolean mayInstall) {
        if (mayInstall && !PythonEnvironments.open().canInstall()) {
            Debian.tryInstall("python3-venv");
        }
        try {
            PythonEnvironments.open().require(lock);
            return Optional.empty();
        } catch (ServerException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static ServerStarter starter(Function<Boolean, Optional<String>> missing, Supplier<LocalServer> start) {
        return new ServerStarter() {
            @Override
            public Optional<String> missing(boolean mayInstall) {
                return missing.apply(mayInstall);
            }

            @Override
            public LocalServer start() {
                return start.get();
            }
        };
    }
}
