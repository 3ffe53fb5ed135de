package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.internal.render.Header;
import dev.fairlead.error.OperationFailedException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Seen;
import java.time.Instant;
import java.util.Optional;

/**
 * A DAG's file on its way into the server. It has arrived when the server runs the DAG from the very text we wrote: no other sign holds for
 * every way of delivery.
 *
 * @param server the server
 * @param watch tells problems of this file from older ones
 * @param dagId the DAG
 * @param sha256 the checksum in the file's header
 * @param rendered the file, unless this process did not write it
 * @param publisher where the file is, if this process knows it
 */
record Delivery(
        ServerApi server,
        ParseWatch watch,
        String dagId,
        String sha256,
        Optional<RenderedDag> rendered,
        Optional<DagPublisher> publisher) {

    String operationId() {
        return dagId + "@" + sha256;
    }

    Seen<DeployedDag> look(Deadline deadline) {
        Optional<ImportProblem> problem = watch.problem(deadline);
        if (problem.isPresent()) {
            return new Seen.Failed<>(ImportFailures.explain(problem.get(), dagId, operationId(), rendered));
        }
        Optional<DagInfo> info = server.findDag(dagId, deadline);
        boolean live = info.isPresent() && isOurs(server.source(dagId, deadline).orElse(""));
        if (!live && replaced()) {
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
        if (!live) {
            return new Seen.Pending<>("written", "the server still runs the version before");
        }
        if (info.get().stale()) {
            return new Seen.Pending<>("stale", "the server does not run the DAG at present");
        }
        return new Seen.Done<>(new DeployedDag(
                dagId,
                publisher.map(DagPublisher::location).orElse(""),
                sha256,
                server.version(dagId, deadline),
                info.get().paused(),
                info.get().parsedAt().orElse(Instant.EPOCH)));
    }

    private boolean replaced() {
        return publisher.isPresent()
                && publisher.get().current(dagId).filter(this::isOurs).isEmpty();
    }

    private boolean isOurs(String source) {
        if (rendered.isPresent()) {
            return source.equals(rendered.get().source());
        }
        return Header.read(source)
                .filter(h -> h.untouched() && h.sha256().equals(sha256))
                .isPresent();
    }
}
