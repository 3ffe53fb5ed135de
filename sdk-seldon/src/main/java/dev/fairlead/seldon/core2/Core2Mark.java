package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.ModelCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whether a status speaks of the present specification. Seldon does not say; but it only ever writes the status of the present
 * generation, so that whatever it writes after the change is about it.
 */
final class Core2Mark {
    /** Any status will do. */
    static final String ANY = "0";
    /** Only the object itself can tell. */
    static final String UNKNOWN = "";

    /** Times in objects are whole seconds. */
    private static final long SECOND = 2;

    private Core2Mark() {}

    /** What the scheduler is told of a model that makes it say something new. */
    private record Asked(
            String uri,
            String version,
            List<String> requirements,
            String server,
            long memory,
            String explainer,
            String secret,
            List<ModelParameter> parameters,
            int replicas) {
        static Asked of(SeldonModel model) {
            return new Asked(
                    String.valueOf(model.storageUri()),
                    model.artifactVersion().toString(),
                    SchedulerFilters.requirements(model),
                    model.server().orElse(""),
                    SchedulerFilters.memory(model),
                    model.explainer().toString(),
                    model.secretName().orElse(""),
                    model.parameters(),
                    SchedulerFilters.replicas(model));
        }
    }

    /** Tells whether two models are the same to the scheduler. */
    static boolean sameToScheduler(SeldonModel one, SeldonModel other) {
        return Asked.of(one).equals(Asked.of(other));
    }

    /** Marks the moment of a change. */
    static String of(Optional<Map<String, Object>> before, Map<String, Object> after, Instant now) {
        if (before.isEmpty()) {
            return ANY;
        }
        if (generation(before.get()) == generation(after)) {
            return UNKNOWN;
        }
        boolean unseen = "Model".equals(after.get("kind"))
                && sameToScheduler(ModelCodec.read(before.get()), ModelCodec.read(after));
        if (unseen) {
            return speaksOf(before.get(), UNKNOWN, now) ? ANY : UNKNOWN;
        }
        return version(after);
    }

    /** Tells whether the object's status was written after the change that was marked, or after its last one. */
    static boolean speaksOf(Map<String, Object> object, String mark, Instant now) {
        if (mark.equals(ANY) || generation(object) <= 1) {
            return true;
        }
        Instant spec = Core2StatusReader.specChanged(object);
        Instant status = Core2StatusReader.statusChanged(object);
        if (status.isBefore(spec)) {
            return false;
        }
        if (!mark.equals(UNKNOWN)) {
            return !version(object).equals(mark);
        }
        return status.isAfter(spec) || !now.isBefore(spec.plusSeconds(SECOND));
    }

    private static int generation(Map<String, Object> object) {
        return Trees.number(Trees.at(object, "metadata"), "generation", 0);
    }

    private static String version(Map<String, Object> object) {
        return Trees.text(Trees.at(object, "metadata"), "resourceVersion");
    }
}
