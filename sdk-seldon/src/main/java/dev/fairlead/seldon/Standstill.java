package dev.fairlead.seldon;

import dev.fairlead.seldon.internal.crd.Trees;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers since when nothing of a Deployment has moved: where the operator disturbs the cluster's own controller, that one never notices that the
 * progress deadline has passed; see {@link PodCounts}.
 */
final class Standstill {
    /** How much later than the cluster's own controller we say that a deadline has passed. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final int USUAL_DEADLINE = 600;

    private final Clock clock;
    private final Map<String, Moved> moves = new ConcurrentHashMap<>();

    Standstill(Clock clock) {
        this.clock = clock;
    }

    private record Moved(Map<String, Object> spec, List<Integer> counts, Instant at) {
        boolean isStill(Map<String, Object> specNow, List<Integer> countsNow) {
            return spec.equals(specNow) && counts.equals(countsNow);
        }
    }

    /** Returns the progress deadline, where nothing has moved for longer than that. */
    Optional<Duration> passedDeadline(Map<String, Object> deployment, Optional<PodCounts> counted) {
        Map<String, Object> metadata = Trees.at(deployment, "metadata");
        Map<String, Object> spec = Trees.at(deployment, "spec");
        List<Integer> counts = counted.map(c -> List.of(c.updated(), c.available(), c.present()))
                .orElse(List.of());
        String key = Trees.text(metadata, "name") + " " + Trees.text(metadata, "uid");
        Moved moved = Objects.requireNonNull(moves.compute(
                key,
                (name, known) -> known != null && known.isStill(spec, counts)
                        ? known
                        : new Moved(spec, counts, clock.instant())));
        Duration deadline = Duration.ofSeconds(Trees.number(spec, "progressDeadlineSeconds", USUAL_DEADLINE));
        boolean over = !clock.instant().isBefore(moved.at().plus(deadline).plus(GRACE));
        return over ? Optional.of(deadline) : Optional.empty();
    }
}
