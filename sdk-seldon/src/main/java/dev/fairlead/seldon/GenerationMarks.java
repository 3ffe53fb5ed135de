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
import java.util.stream.Stream;

/**
 * Remembers since which generation a Deployment has had the specification it has, and since when nothing has moved.
 *
 * <p>As long as a rollout lasts, the operator takes away an annotation that the cluster's own controller puts back, many times a second, and each
 * time the generation grows: the newest is never the observed one. That controller then is too busy to notice that the progress deadline has
 * passed, too.
 */
final class GenerationMarks {
    /** How much later than the cluster's own controller we say that a deadline has passed. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final int USUAL_DEADLINE = 600;

    private final Clock clock;
    private final Map<String, Mark> marks = new ConcurrentHashMap<>();

    GenerationMarks(Clock clock) {
        this.clock = clock;
    }

    private record Mark(Map<String, Object> spec, long generation, List<Integer> counts, Instant moved) {}

    private Mark mark(Map<String, Object> deployment) {
        Map<String, Object> metadata = Trees.at(deployment, "metadata");
        Map<String, Object> spec = Trees.at(deployment, "spec");
        Map<String, Object> status = Trees.at(deployment, "status");
        long generation = Trees.number(metadata, "generation", 0);
        List<Integer> counts = Stream.of("replicas", "updatedReplicas", "readyReplicas", "availableReplicas")
                .map(field -> Trees.number(status, field, 0))
                .toList();
        String key = Trees.text(metadata, "name") + " " + Trees.text(metadata, "uid");
        return Objects.requireNonNull(marks.compute(key, (name, known) -> {
            if (known == null || !known.spec().equals(spec) || known.generation() > generation) {
                return new Mark(spec, generation, counts, clock.instant());
            }
            return known.counts().equals(counts) ? known : new Mark(spec, known.generation(), counts, clock.instant());
        }));
    }

    /** Tells whether the cluster has looked at the specification as it is; the rest of the status says nothing about it before. */
    boolean isObserved(Map<String, Object> deployment) {
        return Trees.number(Trees.at(deployment, "status"), "observedGeneration", 0)
                >= mark(deployment).generation();
    }

    /** Returns the progress deadline, where nothing has moved for longer than that. */
    Optional<Duration> passedDeadline(Map<String, Object> deployment) {
        int seconds = Trees.number(Trees.at(deployment, "spec"), "progressDeadlineSeconds", USUAL_DEADLINE);
        Duration deadline = Duration.ofSeconds(seconds);
        Instant over = mark(deployment).moved().plus(deadline).plus(GRACE);
        return clock.instant().isBefore(over) ? Optional.empty() : Optional.of(deadline);
    }
}
