package dev.fairlead.airflow.internal;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagPlan;
import dev.fairlead.airflow.DagVersion;
import dev.fairlead.airflow.Dags;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagFileVersion;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.spi.PlatformSpi;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** DAGs on the server. */
final class DefaultDags implements Dags {
    private final Supplier<ServerApi> api;
    private final ServerProbe probe;
    private final Deployer deployer;

    DefaultDags(
            PlatformSpi platform,
            Supplier<ServerApi> api,
            ServerProbe probe,
            Supplier<Optional<DagPublisher>> publisher) {
        this.api = api;
        this.probe = probe;
        this.deployer = new Deployer(platform, api, publisher);
    }

    @Override
    public Operation<DeployedDag> deploy(Dag dag) {
        return deployer.deploy(dag.render(probe.info().dialect()), false);
    }

    @Override
    public Operation<DeployedDag> overwrite(Dag dag) {
        return deployer.deploy(dag.render(probe.info().dialect()), true);
    }

    @Override
    public DagPlan plan(Dag dag) {
        return deployer.plan(dag.render(probe.info().dialect()));
    }

    @Override
    public Operation<DeployedDag> operation(String operationId) {
        return deployer.operation(operationId);
    }

    @Override
    public PagedIterable<DagVersion> versions(String dagId) {
        probe.require("dagVersions/list", 3, 0);
        return api.get().versions(dagId, null);
    }

    @Override
    public DagVersion version(String dagId, int number) {
        probe.require("dagVersions/get", 3, 0);
        return api.get().version(dagId, number);
    }

    @Override
    public int pauseAll(String idPart) {
        return pauseAll(idPart, true);
    }

    @Override
    public int unpauseAll(String idPart) {
        return pauseAll(idPart, false);
    }

    private int pauseAll(String idPart, boolean paused) {
        probe.require("dags/pauseAll", 3, 0);
        if (idPart.isBlank()) {
            throw new InvalidValueException(
                    "idPart",
                    List.of(new InvalidValueException.Problem("idPart", "must not be empty; % means all", "''")));
        }
        return api.get().pauseAll(idPart, paused);
    }

    @Override
    public String source(String dagId, int version) {
        probe.require("dagSources/get", 3, 0);
        return api.get().source(dagId, version);
    }

    @Override
    public List<DagFileVersion> fileVersions(String dagId) {
        return deployer.publisher().history(dagId);
    }

    @Override
    public Operation<DeployedDag> rollback(String dagId, int version) {
        probe.require("dagSources/get", 3, 0);
        return deployer.rollback(dagId, version);
    }

    @Override
    public Operation<DeployedDag> rollback(String dagId, String fileVersion) {
        return deployer.rollback(dagId, fileVersion);
    }

    @Override
    public Operation<Boolean> undeploy(String dagId) {
        return deployer.undeploy(dagId, false);
    }

    @Override
    public Operation<Boolean> undeployAndForget(String dagId) {
        return deployer.undeploy(dagId, true);
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
