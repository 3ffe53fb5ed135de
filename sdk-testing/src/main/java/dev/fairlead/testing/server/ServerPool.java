package dev.fairlead.testing.server;

import dev.fairlead.testing.server.RealServers.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Each kind of server at most once, started by the first who asks, in a thread of its own. */
final class ServerPool {

    private static final String OFF = "FAIRLEAD_REAL=off";

    /** The outcome of the one attempt to start a server. */
    sealed interface Outcome {
        /** It runs. */
        record Running(LocalServer server) implements Outcome {}

        /** It was not tried, and why. */
        record Skipped(String reason) implements Outcome {}
    }

    private final RealMode mode;
    private final ServerLedger ledger;
    private final Map<Kind, ServerStarter> starters;
    private final Map<Kind, CompletableFuture<Outcome>> outcomes = new ConcurrentHashMap<>();

    ServerPool(RealMode mode, ServerLedger ledger, Map<Kind, ServerStarter> starters) {
        this.mode = mode;
        this.ledger = ledger;
        this.starters = Map.copyOf(starters);
    }

    /** Begins the starts and returns at once. */
    void begin(Kind... kinds) {
        for (Kind kind : kinds) {
            outcomes.computeIfAbsent(kind, this::start);
        }
    }

    private CompletableFuture<Outcome> start(Kind kind) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        // Not one of the SDK's threads: a leak check must not take a starting server for one.
        Thread thread = new Thread(() -> run(kind, outcome), "real-server-" + kind.id());
        thread.setDaemon(true);
        thread.start();
        return outcome;
    }

    /** Waits for the outcome; a failed start fails for everyone who asks. */
    Outcome get(Kind kind) {
        try {
            return outcomes.computeIfAbsent(kind, this::start).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ServerException failure) {
                throw new ServerException(String.valueOf(failure.getMessage()), failure);
            }
            throw e;
        }
    }

    /** The sessions of what runs, after every start that was begun. */
    Set<Long> sessions() {
        return outcomes.values().stream()
                .map(outcome ->
                        outcome.exceptionally(e -> new Outcome.Skipped("")).join())
                .filter(Outcome.Running.class::isInstance)
                .flatMap(running -> ((Outcome.Running) running).server().sessions().stream())
                .collect(Collectors.toSet());
    }

    /** Why a kind is skipped, found out without starting it; nothing when it may run, or is required. */
    Optional<String> whyNot(Kind kind) {
        CompletableFuture<Outcome> known = outcomes.get(kind);
        if (known != null && known.isDone() && !known.isCompletedExceptionally()) {
            return known.join() instanceof Outcome.Skipped skipped ? Optional.of(skipped.reason()) : Optional.empty();
        }
        return switch (mode) {
            case OFF -> Optional.of(OFF);
            case REQUIRED -> Optional.empty();
            case AUTO -> starter(kind).missing(false);
        };
    }

    private ServerStarter starter(Kind kind) {
        ServerStarter starter = starters.get(kind);
        if (starter == null) {
            throw new ServerException("nothing here can start " + kind.title());
        }
        return starter;
    }

    private void run(Kind kind, CompletableFuture<Outcome> outcome) {
        try {
            outcome.complete(attempt(kind));
        } catch (RuntimeException | Error e) {
            ledger.failed(kind.title(), kind.version(), String.valueOf(e.getMessage()));
            outcome.completeExceptionally(e);
        }
    }

    private Outcome attempt(Kind kind) {
        ServerStarter starter = starter(kind);
        Optional<String> missing = mode == RealMode.OFF ? Optional.of(OFF) : starter.missing(mode == RealMode.REQUIRED);
        if (missing.isPresent()) {
            if (mode == RealMode.REQUIRED) {
                throw new ServerException(
                        kind.title() + " is required (FAIRLEAD_REAL=required) and missing: " + missing.get());
            }
            ledger.skipped(kind.title(), kind.version(), missing.get());
            return new Outcome.Skipped(missing.get());
        }
        LocalServer server = starter.start();
        ledger.started(server);
        return new Outcome.Running(server);
    }
}
