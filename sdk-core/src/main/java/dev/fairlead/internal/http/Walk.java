package dev.fairlead.internal.http;

import dev.fairlead.CallListener;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.internal.retry.Pauses;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Repeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call on its way: attempts it, judges each failure, pauses, reconciles, and ends in a value or the one exception that tells it all.
 *
 * @param <T> what the call returns
 */
final class Walk<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Walk.class);

    private final Line line;
    private final CallSpec<T> spec;
    private final Deadline deadline;
    private final Attempt<T> attempt;
    private @Nullable Pauses pauses;
    private final List<String> history = new ArrayList<>();

    Walk(Line line, CallSpec<T> spec, boolean transfer, Deadline deadline, Decoder<T> decoder) {
        this.line = line;
        this.spec = spec;
        this.deadline = deadline;
        this.attempt = new Attempt<>(line, spec, transfer, deadline, decoder);
    }

    T run() {
        line.context.open().run();
        while (true) {
            Instant start = line.context.clock().instant();
            Attempt.Outcome<T> outcome = attempt.make(history.size() + 1);
            Trouble trouble = outcome.trouble();
            if (trouble == null) {
                line.service.budget().earn();
                tell(start, outcome.status(), null, null);
                return outcome.get();
            }
            Verdict verdict = judge(trouble);
            history.add(trouble.words() + ": " + verdict.reason());
            tell(start, trouble.status(), trouble.words(), verdict.pause());
            if (verdict.pause() != null) {
                pause(verdict.pause(), trouble);
            }
            Optional<T> made = reconcile(trouble);
            if (made.isPresent()) {
                return made.get();
            }
            if (verdict.pause() == null) {
                throw trouble.exception().apply(List.copyOf(history));
            }
        }
    }

    private record Verdict(@Nullable Duration pause, String reason) {}

    private Verdict judge(Trouble trouble) {
        boolean allowed = trouble.refused() || (trouble.passing() && !(spec.repeat() instanceof Repeat.OnlyIfRefused));
        if (!allowed) {
            return new Verdict(
                    null,
                    trouble.passing()
                            ? "not repeated, the server may have acted on it and repeating is not safe"
                            : "not repeated, it would not help");
        }
        if (pauses == null) {
            pauses = Pauses.start(line.policy(), line.context.random());
        }
        Optional<Duration> pause = pauses.afterFailure(true, trouble.retryAfter());
        if (pause.isEmpty()) {
            return new Verdict(null, "that was the last attempt");
        }
        Duration left = deadline.left();
        if (pause.get().compareTo(left) >= 0) {
            return new Verdict(
                    null,
                    trouble.wish() == null
                            ? "the deadline of " + words(deadline.total()) + " leaves no time for another attempt"
                            : "the server asks to wait " + words(trouble.wish()) + ", longer than the " + words(left)
                                    + " left of the deadline");
        }
        if (!line.service.budget().take()) {
            return new Verdict(null, "the retry budget of " + line.service.name() + " is spent");
        }
        return new Verdict(pause.get(), "repeated after " + words(pause.get()));
    }

    private void pause(Duration pause, Trouble trouble) {
        try {
            line.context.sleeper().sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            history.add("interrupted while pausing");
            throw trouble.exception().apply(List.copyOf(history));
        }
    }

    private Optional<T> reconcile(Trouble trouble) {
        if (!(spec.repeat() instanceof Repeat.Reconcile<T> reconcile) || !trouble.ambiguous() || deadline.passed()) {
            return Optional.empty();
        }
        try {
            return reconcile.lookup().apply(deadline);
        } catch (MlPlatformException e) {
            history.add("looked for what the lost attempt made: " + e.getMessage());
            MlPlatformException failure = trouble.exception().apply(List.copyOf(history));
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private void tell(Instant start, int status, @Nullable String failure, @Nullable Duration pause) {
        Duration took = Duration.between(start, line.context.clock().instant());
        int number = failure == null ? history.size() + 1 : history.size();
        LOG.debug(
                "{} {} {} -> {} in {} ms{}",
                line.service.name(),
                spec.operation(),
                number,
                status,
                took.toMillis(),
                failure == null ? "" : ", " + failure);
        if (line.context.listeners().isEmpty()) {
            return;
        }
        CallListener.Attempt told = new CallListener.Attempt(
                line.service.name(),
                spec.operation(),
                spec.method(),
                attempt.shownUri(),
                number,
                status,
                took,
                failure,
                pause);
        for (CallListener listener : line.context.listeners()) {
            try {
                listener.onAttempt(told);
            } catch (RuntimeException e) {
                LOG.debug("a CallListener threw, which is ignored", e);
            }
        }
    }

    static String words(Duration duration) {
        long millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
