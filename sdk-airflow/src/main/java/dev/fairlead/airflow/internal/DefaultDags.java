package dev.fairlead.airflow.internal;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.Dags;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Poller.Seen;
import dev.fairlead.spi.Poller.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** DAGs on the server. */
final class DefaultDags implements Dags {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final PlatformSpi platform;
    private final Supplier<ServerApi> api;
    private final ServerProbe probe;
    private final Supplier<Optional<DagPublisher>> publisher;

    DefaultDags(
            PlatformSpi platform,
            Supplier<ServerApi> api,
            ServerProbe probe,
            Supplier<Optional<DagPublisher>> publisher) {
        this.platform = platform;
        this.api = api;
        this.probe = probe;
        this.publisher = publisher;
    }

    private DagPublisher publisher() {
        return publisher
                .get()
                .orElseThrow(() -> new ConfigurationException(
                        "no place for DAG files is known; set the folder that Airflow reads, as this program sees it, with "
                                + "-Dfairlead.airflow.dags-dir, FAIRLEAD_AIRFLOW_DAGS_DIR, airflow.dags-dir in the settings file, "
                                + "or AirflowClient.builder().dagsFolder(…)"));
    }

    @Override
    public Operation<DeployedDag> deploy(Dag dag) {
        RenderedDag rendered = dag.render(probe.info().dialect());
        DagPublisher target = publisher();
        ServerApi server = api.get();
        ParseWatch watch = ParseWatch.before(server, dag.id());
        boolean changed = target.publish(rendered);
        if (changed) {
            server.findDag(dag.id(), null).flatMap(DagInfo::fileToken).ifPresent(server::parseSoon);
        }
        watch.published(changed);
        return follow(
                new Delivery(server, watch, dag.id(), rendered.sha256(), Optional.of(rendered), Optional.of(target)));
    }

    @Override
    public Operation<DeployedDag> operation(String operationId) {
        String[] parts = operationId.split("@", -1);
        if (parts.length != 2 || parts[0].isEmpty() || !parts[1].matches("[0-9a-f]{64}")) {
            throw new InvalidValueException(
                    "operation id",
                    List.of(new InvalidValueException.Problem(
                            "operationId",
                            "must be that of a delivery, such as flights@<sha256>",
                            "'" + operationId + "'")));
        }
        ServerApi server = api.get();
        ParseWatch watch = ParseWatch.before(server, parts[0]);
        watch.published(true);
        return follow(new Delivery(server, watch, parts[0], parts[1], Optional.empty(), publisher.get()));
    }

    private Operation<DeployedDag> follow(Delivery delivery) {
        return platform.poller()
                .operation(new Spec<>(
                        delivery.operationId(),
                        "airflow parsing DAG " + delivery.dagId(),
                        new Waiting<>(delivery::look),
                        FIRST,
                        LONGEST,
                        null));
    }

    @Override
    public Operation<Boolean> undeploy(String dagId) {
        ServerApi server = api.get();
        boolean known = server.findDag(dagId, null).filter(d -> !d.stale()).isPresent();
        publisher().remove(dagId);
        return platform.poller()
                .operation(new Spec<>(
                        dagId,
                        "airflow giving up DAG " + dagId,
                        new Waiting<>(deadline -> stale(server, dagId, known, deadline)),
                        FIRST,
                        LONGEST,
                        null));
    }

    private static Seen<Boolean> stale(ServerApi server, String dagId, boolean known, Deadline deadline) {
        return server.findDag(dagId, deadline).filter(d -> !d.stale()).isEmpty()
                ? new Seen.Done<>(known)
                : new Seen.Pending<>("live", "the file is gone, which the server has not seen yet");
    }

    @Override
    public DagInfo get(String dagId) {
        return api.get().dag(dagId);
    }

    @Override
    public Optional<DagInfo> find(String dagId) {
        return api.get().findDag(dagId, null);
    }

    @Override
    public PagedIterable<DagInfo> list() {
        return api.get().dags();
    }

    @Override
    public Optional<String> source(String dagId) {
        return api.get().source(dagId, null);
    }

    @Override
    public PagedIterable<ImportProblem> importProblems() {
        return api.get().importProblems(null, null);
    }

    @Override
    public DagInfo pause(String dagId) {
        return api.get().pause(dagId, true);
    }

    @Override
    public DagInfo unpause(String dagId) {
        return api.get().pause(dagId, false);
    }

    @Override
    public void delete(String dagId) {
        api.get().deleteDag(dagId);
    }
}
