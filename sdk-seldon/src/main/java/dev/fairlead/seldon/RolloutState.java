package dev.fairlead.seldon;

import dev.fairlead.error.MlPlatformException;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is how far a guarded rollout is, as it stands in an annotation of its deployment: each step is one write of traffic and state together, so
 * that whoever comes next knows the whole truth.
 *
 * @param id tells this rollout from others of the deployment
 * @param share the traffic of baseline and candidate together, in percent
 * @param step which of the steps the traffic is at; -1 before the first
 * @param movedAt when the traffic moved last
 * @param reason why it went back; empty unless it did
 */
record RolloutState(
        String id,
        String candidate,
        String baseline,
        int share,
        List<Integer> steps,
        int step,
        Phase phase,
        Instant movedAt,
        Duration stepFor,
        Duration patience,
        Duration checkEvery,
        List<Guard> guards,
        String reason) {
    /** The annotation. */
    static final String KEY = "fairlead.dev/rollout";

    private static final JsonCodec JSON = JsonCodec.camelCase();

    /** Where a rollout can be. */
    enum Phase {
        PREPARING,
        SHIFTING,
        PROMOTED,
        RETURNED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean ended() {
            return this == PROMOTED || this == RETURNED;
        }
    }

    /** A guard; without a query it is a function that some process has. */
    record Guard(String name, @Nullable String query, double most) {}

    /** What stands in the annotation. */
    private record Wire(
            String id,
            String candidate,
            String baseline,
            int share,
            List<Integer> steps,
            int step,
            String phase,
            String movedAt,
            String stepFor,
            String patience,
            String checkEvery,
            List<Guard> guards,
            @Nullable String reason) {}

    /** Returns how much of the traffic the candidate has, in percent of that of both. */
    int percent() {
        return step < 0 ? 0 : steps.get(step);
    }

    RolloutState at(int nextStep, Instant now) {
        return in(Phase.SHIFTING, nextStep, now, "");
    }

    RolloutState ended(Phase how, Instant now, String why) {
        return in(how, step, now, why);
    }

    private RolloutState in(Phase next, int nextStep, Instant now, String why) {
        return new RolloutState(
                id, candidate, baseline, share, steps, nextStep, next, now, stepFor, patience, checkEvery, guards, why);
    }

    String text() {
        return JSON.text(new Wire(
                id,
                candidate,
                baseline,
                share,
                steps,
                step,
                phase.word(),
                movedAt.toString(),
                stepFor.toString(),
                patience.toString(),
                checkEvery.toString(),
                guards,
                reason.isEmpty() ? null : reason));
    }

    /** Returns the state an object carries; empty where there is none, or none that can be read. */
    static Optional<RolloutState> on(Map<String, Object> object) {
        String text = Trees.text(Trees.at(object, "metadata", "annotations"), KEY);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(JSON.read(text.getBytes(StandardCharsets.UTF_8), Wire.class, KEY)));
        } catch (MlPlatformException | DateTimeParseException | IllegalArgumentException | NullPointerException other) {
            return Optional.empty();
        }
    }

    private static RolloutState read(Wire wire) {
        return new RolloutState(
                wire.id(),
                wire.candidate(),
                wire.baseline(),
                wire.share(),
                List.copyOf(wire.steps()),
                wire.step(),
                Phase.valueOf(wire.phase().toUpperCase(Locale.ROOT)),
                Instant.parse(wire.movedAt()),
                Duration.parse(wire.stepFor()),
                Duration.parse(wire.patience()),
                Duration.parse(wire.checkEvery()),
                List.copyOf(wire.guards()),
                wire.reason() == null ? "" : wire.reason());
    }
}
