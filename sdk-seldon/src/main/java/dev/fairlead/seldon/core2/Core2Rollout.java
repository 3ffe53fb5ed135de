package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.core2.Core2Failure.Kind;
import dev.fairlead.seldon.internal.crd.ModelCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.Poller.Look;
import dev.fairlead.spi.Poller.Seen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks whether Seldon has an object ready as it is specified now. */
final class Core2Rollout implements Look<Core2Status> {
    /** How long a failure must last: passing troubles look the same. */
    private static final Duration FAILED_FOR = Duration.ofSeconds(2);
    /** How long one that may be of an older generation must last, and how long a silence before it counts as consent. */
    private static final Duration OLDER_FOR = Duration.ofSeconds(10);

    /**
     * Names what is followed.
     *
     * @param kind its kind
     * @param namespace its namespace
     * @param name its name
     * @param mark when it was changed; see {@link Core2Mark}
     */
    record Target(KubeAccess.Kind kind, String namespace, String name, String mark) {
        String id() {
            return kind.plural() + "/" + namespace + "/" + name + "/" + mark;
        }

        String what() {
            return "seldon " + kind.kind().toLowerCase(Locale.ROOT) + " " + namespace + "/" + name;
        }
    }

    private final KubeAccess kube;
    private final Clock clock;
    private final Target target;
    private volatile @Nullable Instant failedSince;
    private volatile @Nullable Instant silentSince;

    Core2Rollout(KubeAccess kube, Clock clock, Target target) {
        this.kube = kube;
        this.clock = clock;
        this.target = target;
    }

    @Override
    public Seen<Core2Status> look(Deadline deadline) {
        Optional<Map<String, Object>> found = kube.find(target.kind(), target.namespace(), target.name());
        if (found.isEmpty() || Trees.at(found.get(), "metadata").containsKey("deletionTimestamp")) {
            return failed(new Core2Failure(Kind.DELETED, "", "it was deleted", ""), null);
        }
        Map<String, Object> object = found.get();
        Core2Status status = Core2StatusReader.read(object);
        boolean fresh = Core2Mark.speaksOf(object, target.mark(), clock.instant());
        Optional<Core2Failure> failure = Core2Failures.of(status);
        if (failure.isPresent()) {
            return whenFailing(object, status, failure.get(), fresh);
        }
        failedSince = null;
        if (status.conditions().isEmpty()) {
            return whenSilent(object, status);
        }
        if (!status.ready()) {
            return new Seen.Pending<>(status.state(), status.reason());
        }
        return fresh ? whenReady(object, status) : whenStale(object, status);
    }

    /** Of a model without replicas Seldon Core 2.6 never says anything. */
    private Seen<Core2Status> whenSilent(Map<String, Object> object, Core2Status status) {
        boolean none = status.kind().equals("Model") && SchedulerFilters.replicas(ModelCodec.read(object)) == 0;
        silentSince = silentSince == null ? clock.instant() : silentSince;
        return none && lasted(silentSince, OLDER_FOR)
                ? new Seen.Done<>(status)
                : new Seen.Pending<>("", "Seldon has not taken it up yet");
    }

    private Seen<Core2Status> whenReady(Map<String, Object> object, Core2Status status) {
        Optional<String> lacking = status.kind().equals("Server")
                ? new ServerPods(kube, target.namespace()).lacking(object)
                : Optional.empty();
        return lacking.<Seen<Core2Status>>map(l -> new Seen.Pending<>(status.state(), l))
                .orElseGet(() -> new Seen.Done<>(status));
    }

    /** Where nobody marked the change, it may have made no difference; a marked one of a model does. */
    private Seen<Core2Status> whenStale(Map<String, Object> object, Core2Status status) {
        boolean mustSpeak = status.kind().equals("Model") && !target.mark().equals(Core2Mark.UNKNOWN);
        silentSince = silentSince == null ? clock.instant() : silentSince;
        if (!mustSpeak && lasted(silentSince, OLDER_FOR)) {
            return whenReady(object, status);
        }
        return new Seen.Pending<>(
                status.state(), "this is what Seldon said of an older generation than " + status.generation());
    }

    private Seen<Core2Status> whenFailing(
            Map<String, Object> object, Core2Status status, Core2Failure failure, boolean fresh) {
        ServerFits fits = null;
        if (failure.kind() == Kind.NO_SERVER_FITS) {
            fits = new ServerSearch(kube, target.namespace()).explain(ModelCodec.read(object));
            if (fits.waiting()) {
                failedSince = null;
                return new Seen.Pending<>(status.state(), fits.toString());
            }
        }
        Instant since = failedSince == null ? clock.instant() : failedSince;
        failedSince = since;
        if (!lasted(since, fresh ? FAILED_FOR : OLDER_FOR)) {
            return new Seen.Pending<>(status.state(), failure.message());
        }
        return failed(
                fits == null ? failure : new Core2Failure(failure.kind(), failure.state(), fits.toString(), ""), fits);
    }

    private boolean lasted(@Nullable Instant since, Duration duration) {
        return since != null && !clock.instant().isBefore(since.plus(duration));
    }

    private Seen<Core2Status> failed(Core2Failure failure, @Nullable ServerFits fits) {
        return new Seen.Failed<>(new Core2FailedException(target.what(), failure, fits, target.id()));
    }
}
