package dev.fairlead.mlflow.internal;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.OperationInterruptedException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.mlflow.Models;
import dev.fairlead.mlflow.Promotion;
import dev.fairlead.mlflow.PromotionLostException;
import dev.fairlead.mlflow.RegisteredModel;
import dev.fairlead.mlflow.internal.wire.ModelWire;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Repeat;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves aliases one promoter at a time. Each first writes a claim, a tag of its own name, and then reads all claims: of two, at least one
 * sees the other's. One that sees a smaller claim takes its own away and begins anew; one that sees greater claims only waits until they are
 * gone. So nobody moves the alias while another may, and who comes later sees where it points by then.
 */
final class Promotions {
    private static final Logger LOG = LoggerFactory.getLogger(Promotions.class);
    private static final String CLAIM = "fairlead.promotion.";
    /** A claim that stands longer was left by a process that is no more. */
    private static final Duration LIFE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Api api;
    private final Models models;

    Promotions(Api api, Models models) {
        this.api = api;
        this.models = models;
    }

    Promotion promote(String name, String alias, String version, @Nullable String expected) {
        ModelUri.alias(name, alias);
        ModelVersion target = models.version(name, version);
        move(name, alias, target.version(), expected);
        return new Done(this, name, alias, target.version(), Optional.ofNullable(expected));
    }

    private record Done(Promotions promotions, String name, String alias, String version, Optional<String> previous)
            implements Promotion {
        @Override
        public void rollBack() {
            promotions.move(name, alias, previous.orElse(null), version);
        }

        @Override
        public String toString() {
            return "Promotion[" + name + "@" + alias + " from " + previous.orElse("nothing") + " to " + version + "]";
        }
    }

    /** One try to move an alias; a target that is null removes it. */
    private record Move(
            String name,
            String alias,
            @Nullable String target,
            @Nullable String expected) {}

    private void move(String name, String alias, @Nullable String target, @Nullable String expected) {
        Move move = new Move(name, alias, target, expected);
        Deadline deadline = api.calls().deadline();
        Map<String, Instant> seen = new HashMap<>();
        while (!tryMove(move, seen)) {
            if (deadline.passed()) {
                throw new OperationTimeoutException(
                        "mlflow promote: others held the alias " + alias + " of " + name
                                + " all the time; nothing was moved",
                        name + "@" + alias,
                        "waiting",
                        null);
            }
            pause(move);
        }
    }

    private void pause(Move move) {
        try {
            api.platform().sleeper().sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "mlflow promote: interrupted while waiting for others that move the alias " + move.alias() + " of "
                            + move.name() + "; nothing was moved",
                    move.name() + "@" + move.alias(),
                    "waiting");
        }
    }

    /** Claims the alias and moves it; returns false where others stand in the way. */
    private boolean tryMove(Move move, Map<String, Instant> seen) {
        String claim = CLAIM + UUID.randomUUID().toString().replace("-", "");
        Deadline claimed = Deadline.after(api.clock(), LIFE.dividedBy(2));
        api.write("registered-models/set-tag", new ModelWire.SetTag(move.name(), claim, move.alias()));
        try {
            while (!claimed.passed()) {
                Set<String> claims = claims(move, seen);
                if (claims.equals(Set.of(claim))) {
                    return moveAlone(move, claimed);
                }
                if (!claims.contains(claim) || claims.iterator().next().compareTo(claim) < 0) {
                    break;
                }
                pause(move);
            }
            checkExpected(move, current(move));
            return false;
        } finally {
            giveBack(move.name(), claim);
        }
    }

    /** Takes our claim away in any case; one that stays does no harm but a wait. An interrupted thread could not tell the server. */
    private void giveBack(String name, String claim) {
        boolean interrupted = Thread.interrupted();
        try {
            withdraw(name, claim);
        } catch (RuntimeException e) {
            LOG.debug("the claim {} of {} stays until the next promoter takes it away", claim, name, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Is called while no other claim stands. */
    private boolean moveAlone(Move move, Deadline claimed) {
        String current = current(move);
        if (Objects.equals(current, move.target())) {
            return true; // an earlier try of ours, or another who wants the same
        }
        checkExpected(move, current);
        if (claimed.passed()) {
            return false;
        }
        set(move, claimed);
        String after = current(move);
        if (!Objects.equals(after, move.target())) {
            throw lost(move, after);
        }
        return true;
    }

    private void set(Move move, Deadline deadline) {
        String target = move.target();
        if (target == null) {
            api.write(
                    "DELETE",
                    "registered-models/alias",
                    new ModelWire.AliasId(move.name(), move.alias()),
                    Repeat.safe(),
                    deadline);
        } else {
            api.write(
                    "POST",
                    "registered-models/alias",
                    new ModelWire.SetAlias(move.name(), move.alias(), target),
                    Repeat.safe(),
                    deadline);
        }
    }

    private @Nullable String current(Move move) {
        return models.findByAlias(move.name(), move.alias())
                .map(ModelVersion::version)
                .orElse(null);
    }

    /** Returns the claims of an alias, the smallest first, and takes away those that were left behind. */
    private Set<String> claims(Move move, Map<String, Instant> seen) {
        RegisteredModel model = models.get(move.name());
        Instant now = api.clock().instant();
        Set<String> claims = new TreeSet<>();
        model.tags().forEach((key, value) -> {
            if (key.startsWith(CLAIM) && value.equals(move.alias())) {
                Instant first = seen.computeIfAbsent(key, k -> now);
                if (Duration.between(first, now).compareTo(LIFE) > 0) {
                    withdraw(move.name(), key);
                } else {
                    claims.add(key);
                }
            }
        });
        return claims;
    }

    private void checkExpected(Move move, @Nullable String current) {
        if (!Objects.equals(current, move.expected()) && !Objects.equals(current, move.target())) {
            throw lost(move, current);
        }
    }

    private void withdraw(String name, String claim) {
        api.write("DELETE", "registered-models/delete-tag", new ModelWire.TagId(name, claim), Repeat.safe());
    }

    private PromotionLostException lost(Move move, @Nullable String winner) {
        String wanted = move.target() == null ? "be removed" : "move to version " + move.target();
        String reason = "the alias " + move.alias() + " of " + move.name() + " was to " + wanted + " from "
                + said(move.expected()) + ", but it points at " + said(winner) + ": somebody else was first";
        return new PromotionLostException(
                new CallDetails(
                        "mlflow",
                        "promote",
                        "POST",
                        URI.create(api.baseUri() + "/api/2.0/mlflow/registered-models/alias"),
                        0,
                        "",
                        reason,
                        List.of(),
                        1,
                        null),
                winner);
    }

    private static String said(@Nullable String version) {
        return version == null ? "nothing" : "version " + version;
    }
}
