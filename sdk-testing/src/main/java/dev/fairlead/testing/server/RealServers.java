package dev.fairlead.testing.server;

import dev.fairlead.testing.server.ServerPool.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The real servers of this JVM, each started at most once, by the first who asks, and ended with the JVM.
 *
 * <p>{@code FAIRLEAD_REAL} (or the system property {@code fairlead.real}) decides: {@code auto}, the default, runs what is
 * cached or can be installed in seconds and skips the rest with the one command that helps; {@code required} installs
 * everything, builds Kubernetes if need be, and fails where {@code auto} skips; {@code off} runs none.
 *
 * <p>With the system property {@code fairlead.proofs} set to a folder, each outcome is a line of {@code servers.tsv} there.
 */
public final class RealServers {

    /** A kind of server that can be shared. */
    public enum Kind {
        /** MLflow 3 with artifacts in a folder, no users. */
        MLFLOW("MLflow", MlflowServer.CURRENT),
        /** The last MLflow 2. */
        MLFLOW_2("MLflow", MlflowServer.LAST_2),
        /** Airflow 3; its pod tasks run on {@link #KUBERNETES} where that can run. */
        AIRFLOW("Airflow", AirflowServer.CURRENT),
        /** The last Airflow 2. */
        AIRFLOW_2("Airflow", AirflowServer.LAST_2),
        /** MLServer without models: load some. */
        MLSERVER("MLServer", MlServer.CURRENT),
        /** A cluster with {@link KubeNode#fleet()}; port-forwards to model servers end at {@link #MLSERVER}. */
        KUBERNETES("Kubernetes", KubeCluster.CURRENT),
        /** The Seldon Core 1 operator on {@link #KUBERNETES}. */
        SELDON("Seldon Core 1", SeldonOperator.CURRENT),
        /** Seldon Core 2's operator and scheduler on {@link #KUBERNETES}; model servers join with {@link SeldonCore2#connect}. */
        SELDON_2("Seldon Core 2", SeldonCore2.CURRENT);

        private final String title;
        private final String version;

        Kind(String title, String version) {
            this.title = title;
            this.version = version;
        }

        String title() {
            return title;
        }

        String version() {
            return version;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final ServerPool POOL = new ServerPool(
            RealMode.of(System.getProperty("fairlead.real", System.getenv("FAIRLEAD_REAL"))),
            new ServerLedger(
                    Optional.ofNullable(System.getProperty("fairlead.proofs")).map(Path::of)),
            starters());

    private RealServers() {}

    private static Map<Kind, ServerStarter> starters() {
        SharedStarters shared = new SharedStarters();
        Map<Kind, ServerStarter> starters = new EnumMap<>(Kind.class);
        starters.put(Kind.MLFLOW, shared.mlflow(MlflowServer.CURRENT));
        starters.put(Kind.MLFLOW_2, shared.mlflow(MlflowServer.LAST_2));
        starters.put(Kind.AIRFLOW, shared.airflow(AirflowServer.CURRENT));
        starters.put(Kind.AIRFLOW_2, shared.airflow(AirflowServer.LAST_2));
        starters.put(Kind.MLSERVER, shared.mlServer());
        starters.put(Kind.KUBERNETES, shared.kubernetes());
        starters.put(Kind.SELDON, shared.seldon());
        starters.put(Kind.SELDON_2, shared.seldon2());
        return starters;
    }

    /**
     * Begins to start servers side by side and returns at once; whoever needs one waits for it.
     *
     * @param kinds which ones
     */
    public static void startInBackground(Kind... kinds) {
        POOL.begin(kinds);
    }

    /**
     * Returns a running server, waiting for its start.
     *
     * @param kind which one
     * @return the one of this JVM; do not close it
     * @throws org.opentest4j.TestAbortedException when it is skipped, so that JUnit reports a skipped test with the reason
     * @throws ServerException when its start failed, or when it is missing and {@code FAIRLEAD_REAL=required}
     */
    public static RealServer require(Kind kind) {
        return running(kind);
    }

    /**
     * Returns why a server does not run here, without starting it; Python packages may be installed on the way.
     *
     * @param kind which one
     * @return the reason with the command that helps, or nothing when it runs or can be started
     */
    public static Optional<String> skipped(Kind kind) {
        return POOL.whyNot(kind);
    }

    /**
     * Returns the shared MLflow 3.
     *
     * @return a running server
     * @see #require(Kind)
     */
    public static MlflowServer mlflow() {
        return (MlflowServer) running(Kind.MLFLOW);
    }

    /**
     * Returns the shared MLflow 2.
     *
     * @return a running server
     * @see #require(Kind)
     */
    public static MlflowServer mlflow2() {
        return (MlflowServer) running(Kind.MLFLOW_2);
    }

    /**
     * Returns the shared Airflow 3.
     *
     * @return a running server
     * @see #require(Kind)
     */
    public static AirflowServer airflow() {
        return (AirflowServer) running(Kind.AIRFLOW);
    }

    /**
     * Returns the shared Airflow 2.
     *
     * @return a running server
     * @see #require(Kind)
     */
    public static AirflowServer airflow2() {
        return (AirflowServer) running(Kind.AIRFLOW_2);
    }

    /**
     * Returns the shared MLServer.
     *
     * @return a running server
     * @see #require(Kind)
     */
    public static MlServer mlServer() {
        return (MlServer) running(Kind.MLSERVER);
    }

    /**
     * Returns the shared cluster.
     *
     * @return a running cluster
     * @see #require(Kind)
     */
    public static KubeCluster kubernetes() {
        return (KubeCluster) running(Kind.KUBERNETES);
    }

    /**
     * Returns the shared Seldon operator.
     *
     * @return a running operator on {@link #kubernetes()}
     * @see #require(Kind)
     */
    public static SeldonOperator seldon() {
        return (SeldonOperator) running(Kind.SELDON);
    }

    /**
     * Returns the shared Seldon Core 2.
     *
     * @return a running operator and scheduler on {@link #kubernetes()}
     * @see #require(Kind)
     */
    public static SeldonCore2 seldon2() {
        return (SeldonCore2) running(Kind.SELDON_2);
    }

    /**
     * Renders what ran and what was skipped in some test processes.
     *
     * @param proofs folders that hold a {@code servers.tsv}; those without one are passed over
     * @return an aligned table, one line per server
     */
    public static String table(List<Path> proofs) {
        return ServerLedger.table(proofs);
    }

    /** The processes that everybody shares, once what was begun has started: what a test finds besides them is its own. */
    static Set<Long> sharedProcesses() {
        return POOL.sessions();
    }

    static LocalServer running(Kind kind) {
        Outcome outcome = POOL.get(kind);
        if (outcome instanceof Outcome.Running running) {
            return running.server();
        }
        throw Skips.skipped(
                kind.title() + " " + kind.version() + " does not run here: " + ((Outcome.Skipped) outcome).reason());
    }

    /**
     * Starts servers by hand and keeps them until the process ends: {@code RealServers mlflow airflow kubernetes}.
     *
     * @param arguments kinds in lower case, {@code _} as {@code -}
     * @throws InterruptedException never in practice
     */
    public static void main(String[] arguments) throws InterruptedException {
        List<Kind> kinds = Arrays.stream(Kind.values())
                .filter(kind -> Arrays.asList(arguments).contains(kind.id()))
                .toList();
        if (kinds.isEmpty() || kinds.size() != arguments.length) {
            System.err.println("usage: RealServers KIND..., a KIND is one of "
                    + Arrays.stream(Kind.values()).map(Kind::id).toList());
            System.exit(2);
        }
        POOL.begin(kinds.toArray(Kind[]::new));
        for (Kind kind : kinds) {
            Outcome outcome = POOL.get(kind);
            if (outcome instanceof Outcome.Running running) {
                System.out.println(running.server() + ", ready after "
                        + running.server().startDuration().toMillis() + " ms");
                running.server().details().forEach(detail -> System.out.println("    " + detail));
            } else {
                System.out.println(kind.title() + " skipped: " + ((Outcome.Skipped) outcome).reason());
            }
        }
        System.out.println(
                "Running until this process (" + ProcessHandle.current().pid() + ") ends.");
        Thread.currentThread().join();
    }
}
