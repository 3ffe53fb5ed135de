package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagVersion;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.internal.render.Header;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.OperationFailedException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Seen;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A DAG's file on its way into the server. It has arrived when the server shows the very text we wrote, schedules by it, and has its bundle at a
 * version that holds it. The text alone proves little: a server reads the file anew when it stores what an earlier reading gave, and stores no
 * more often than each half minute.
 *
 * @param server the server
 * @param watch tells problems of this file from older ones
 * @param dagId the DAG
 * @param sha256 the checksum in the file's header
 * @param rendered the file, unless this process did not write it
 * @param publisher where the file is, if this process knows it
 * @param hurry asks the server to read the file soon
 */
record Delivery(
        ServerApi server,
        ParseWatch watch,
        String dagId,
        String sha256,
        Optional<RenderedDag> rendered,
        Optional<DagPublisher> publisher,
        Hurry hurry) {

    String operationId() {
        return dagId + "@" + sha256;
    }

    Seen<DeployedDag> look(Deadline deadline) {
        Optional<ImportProblem> problem = watch.problem(deadline);
        if (problem.isPresent()) {
            return new Seen.Failed<>(ImportFailures.explain(problem.get(), dagId, operationId(), rendered));
        }
        Optional<DagInfo> info = server.findDag(dagId, deadline);
        boolean read = info.isPresent() && isOurs(server.source(dagId, deadline).orElse(""));
        if (!read && replaced()) {
            return new Seen.Failed<>(new OperationFailedException(
                    "airflow will not see DAG " + dagId
                            + " as it was sent: its file was removed or replaced since; deploy it again",
                    operationId(),
                    "replaced",
                    "",
                    null));
        }
        if (info.isEmpty()) {
            return new Seen.Pending<>("written", "the server has not seen the file yet");
        }
        Seen.Pending<DeployedDag> pending = read ? unsettled(info.get(), deadline) : null;
        if (read && pending == null) {
            return new Seen.Done<>(deployed(info.get(), deadline));
        }
        hurry.ask(server, info.get());
        return pending != null ? pending : new Seen.Pending<>("written", "the server still runs the version before");
    }

    /** Returns what is missing although the server shows our text. */
    private Seen.@Nullable Pending<DeployedDag> unsettled(DagInfo info, Deadline deadline) {
        if (info.stale()) {
            return new Seen.Pending<>("stale", "the server does not run the DAG at present");
        }
        Optional<String> mark = server.mark(dagId, deadline);
        boolean scheduled = mark.map(Header.mark(sha256)::equals)
                .orElseGet(() -> watch.readAfterwards(info.parsedAt().orElse(Instant.EPOCH)));
        if (!scheduled) {
            return new Seen.Pending<>(
                    "read", "the server has read the file, and still schedules by the version before");
        }
        Optional<String> bundle = bundleVersion(deadline);
        return bundle.isPresent() && !holdsOurs(bundle.get())
                ? new Seen.Pending<>("read", "the server still takes the code from version " + bundle.get())
                : null;
    }

    private Optional<String> bundleVersion(Deadline deadline) {
        return server.versions(dagId, deadline).stream().findFirst().flatMap(DagVersion::bundleVersion);
    }

    /** Where our place does not know the bundle's version, the bundle is not our place, and its version tells nothing. */
    private boolean holdsOurs(String bundleVersion) {
        return publisher
                .flatMap(p -> p.at(dagId, bundleVersion))
                .map(this::isOurs)
                .orElse(true);
    }

    private DeployedDag deployed(DagInfo info, Deadline deadline) {
        return new DeployedDag(
                dagId,
                publisher.map(DagPublisher::location).orElse(""),
                sha256,
                server.version(dagId, deadline),
                bundleVersion(deadline),
                info.paused(),
                info.parsedAt().orElse(Instant.EPOCH));
    }

    private boolean replaced() {
        try {
            return publisher.isPresent()
                    && publisher.get().current(dagId).filter(this::isOurs).isEmpty();
        } catch (MlPlatformException e) {
            return false; // a place that cannot be read now tells nothing
        }
    }

    private boolean isOurs(String source) {
        return Header.read(source)
                .filter(h -> h.untouched() && h.sha256().equals(sha256))
                .isPresent();
    }
}
