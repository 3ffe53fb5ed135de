package dev.fairlead.airflow.internal;

import dev.fairlead.Operation;
import dev.fairlead.airflow.DagFileState;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagPlan;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagFileException;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.Publication;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.internal.plan.Differences;
import dev.fairlead.airflow.internal.render.Header;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Poller.Seen;
import dev.fairlead.spi.Poller.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/** Brings files of DAGs to their place, or away, and follows them into the server. */
final class Deployer {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final PlatformSpi platform;
    private final Supplier<ServerApi> api;
    private final Supplier<Optional<DagPublisher>> publisher;

    Deployer(PlatformSpi platform, Supplier<ServerApi> api, Supplier<Optional<DagPublisher>> publisher) {
        this.platform = platform;
        this.api = api;
        this.publisher = publisher;
    }

    DagPublisher publisher() {
        return publisher
                .get()
                .orElseThrow(() -> new ConfigurationException(
                        "no place for DAG files is known; set the folder that Airflow reads, as this program sees it, or another place "
                                + "such as git+https://…, with -Dfairlead.airflow.dags-dir, FAIRLEAD_AIRFLOW_DAGS_DIR, "
                                + "airflow.dags-dir in the settings file, or AirflowClient.builder().dagsFolder(…)"));
    }

    /** Lets a Python at hand read the file first. */
    private void check(RenderedDag rendered) {
        new PythonReader(platform.setting("airflow", "python").orElse("python3"))
                .read(rendered)
                .ifPresent(finding -> {
                    throw ImportFailures.explain(finding, rendered);
                });
    }

    Operation<DeployedDag> deploy(RenderedDag rendered, boolean overwrite) {
        check(rendered);
        Dag dag = rendered.dag();
        return deliver(
                dag.id(),
                rendered.source(),
                rendered.sha256(),
                Optional.of(rendered),
                overwrite,
                target -> target.publish(rendered, overwrite));
    }

    /** Delivers the text of an earlier file of ours. */
    private Operation<DeployedDag> restore(String dagId, String source, String version) {
        Header header = Header.read(source)
                .filter(h -> h.untouched() && h.dagId().equals(dagId))
                .orElseThrow(() -> new DagFileException(
                        "DAG " + dagId + " cannot go back to version " + version
                                + ": that file was not written by Fairlead, or "
                                + "changed by hand; deploy what you want instead",
                        RenderedDag.fileName(dagId),
                        null));
        return deliver(
                dagId,
                source,
                header.sha256(),
                Optional.empty(),
                false,
                target -> target.publish(dagId, source, false));
    }

    Operation<DeployedDag> rollback(String dagId, int version) {
        ServerApi server = api.get();
        String source = server.source(dagId, version);
        boolean latest = server.version(dagId, null).equals(OptionalInt.of(version));
        if (!latest && server.source(dagId, null).filter(source::equals).isPresent()) {
            throw new DagFileException(
                    "DAG " + dagId + " cannot go back to version " + version
                            + ": the server has the present text for it, since it "
                            + "overwrites the text of a version whose file changes within half a minute; deploy what you want instead",
                    RenderedDag.fileName(dagId),
                    null);
        }
        return restore(dagId, source, String.valueOf(version));
    }

    Operation<DeployedDag> rollback(String dagId, String fileVersion) {
        String source = publisher()
                .at(dagId, fileVersion)
                .orElseThrow(() -> new DagFileException(
                        publisher().location() + " holds no file of DAG " + dagId + " at '" + fileVersion
                                + "'; fileVersions(…) lists those it remembers",
                        RenderedDag.fileName(dagId),
                        null));
        return restore(dagId, source, fileVersion);
    }

    private Operation<DeployedDag> deliver(
            String dagId,
            String source,
            String sha256,
            Optional<RenderedDag> rendered,
            boolean overwrite,
            Function<DagPublisher, Publication> publish) {
        DagPublisher target = publisher();
        ServerApi server = api.get();
        if (!overwrite) {
            refuseForeign(server, target, dagId, source);
        }
        ParseWatch watch = ParseWatch.before(server, dagId);
        Publication published = publish.apply(target);
        watch.published(published.changed());
        return follow(
                new Delivery(server, watch, dagId, sha256, rendered, Optional.of(target), new Hurry(platform.clock())));
    }

    /** What the server runs may differ from what stands at our place: edited where the server reads it, or another's DAG of this id. */
    private static void refuseForeign(ServerApi server, DagPublisher target, String dagId, String source) {
        Optional<String> live = server.findDag(dagId, null)
                .filter(d -> !d.stale())
                .flatMap(d -> server.source(dagId, null))
                .filter(s -> !s.startsWith("REDACTED"));
        if (live.isEmpty() || Header.read(live.get()).filter(Header::untouched).isPresent()) {
            return;
        }
        Optional<String> there = target.current(dagId);
        if (there.filter(source::equals).isPresent()) {
            return;
        }
        boolean edited = Header.read(live.get()).isPresent();
        if (edited && there.isEmpty()) {
            return; // somebody took the edited file away, which the server has not seen yet
        }
        throw new DagFileException(
                edited
                        ? "the DAG '" + dagId
                                + "' that the server runs was changed by hand since Fairlead wrote it; take the change over "
                                + "into the Java program, or overwrite it"
                        : "the server runs a DAG '" + dagId
                                + "' that Fairlead did not write; remove its file, give yours another id, or "
                                + "overwrite it",
                RenderedDag.fileName(dagId),
                null);
    }

    DagPlan plan(RenderedDag rendered) {
        check(rendered);
        String dagId = rendered.dag().id();
        Optional<DagPublisher> place = publisher.get();
        ServerApi server = api.get();
        Optional<String> file = place.flatMap(p -> p.current(dagId));
        Optional<String> live =
                server.findDag(dagId, null).filter(d -> !d.stale()).flatMap(d -> server.source(dagId, null));
        return new DagPlan(
                dagId,
                place.map(DagPublisher::location).orElse(""),
                state(file, rendered),
                state(live, rendered),
                Differences.between(file.or(() -> live).map(Header::text), rendered.source()));
    }

    private static DagFileState state(Optional<String> text, RenderedDag rendered) {
        if (text.isEmpty()) {
            return DagFileState.ABSENT;
        }
        if (Header.text(text.get()).equals(rendered.source())) {
            return DagFileState.SAME;
        }
        return Header.read(text.get())
                .map(h -> h.untouched() ? DagFileState.OLDER : DagFileState.EDITED)
                .orElse(DagFileState.FOREIGN);
    }

    Operation<DeployedDag> operation(String operationId) {
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
        return follow(new Delivery(
                server, watch, parts[0], parts[1], Optional.empty(), publisher.get(), new Hurry(platform.clock())));
    }

    private Operation<DeployedDag> follow(Delivery delivery) {
        return operation(
                delivery.operationId(), "airflow parsing DAG " + delivery.dagId(), new Waiting<>(delivery::look));
    }

    private <T> Operation<T> operation(String id, String what, Waiting<T> look) {
        return platform.poller().operation(new Spec<>(id, what, look, FIRST, LONGEST, null));
    }

    Operation<Boolean> undeploy(String dagId, boolean forget) {
        ServerApi server = api.get();
        Optional<DagInfo> before = server.findDag(dagId, null);
        boolean known =
                forget ? before.isPresent() : before.filter(d -> !d.stale()).isPresent();
        publisher().remove(dagId);
        return operation(
                dagId,
                "airflow giving up DAG " + dagId,
                new Waiting<>(deadline -> gone(server, dagId, known, forget, deadline)));
    }

    private static Seen<Boolean> gone(
            ServerApi server, String dagId, boolean known, boolean forget, Deadline deadline) {
        Optional<DagInfo> info = server.findDag(dagId, deadline);
        if (info.filter(d -> !d.stale()).isPresent()) {
            return new Seen.Pending<>("live", "the file is gone, which the server has not seen yet");
        }
        if (forget && info.isPresent()) {
            server.deleteDag(dagId);
            return new Seen.Pending<>("stale", "the server forgets its runs");
        }
        return new Seen.Done<>(known);
    }
}
