package dev.fairlead.internal.http;

import dev.fairlead.CallListener;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.credentials.Credential;
import dev.fairlead.error.CallDetails;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.TransportException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.internal.retry.Breakers;
import dev.fairlead.internal.retry.RetryAfter;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the attempts of one call: breaker, credentials, transport, status, decode. A 401 refreshes the credentials once, which is not an
 * attempt of its own.
 *
 * @param <T> what the call returns
 */
final class Attempt<T> {
    private static final String USER_AGENT = "fairlead/"
            + Optional.ofNullable(Attempt.class.getPackage().getImplementationVersion())
                    .orElse("dev") + " java/" + Runtime.version().feature();

    private static final HexFormat HEX = HexFormat.of();

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Line line;
    private final CallSpec<T> spec;
    private final boolean transfer;
    private final Deadline deadline;
    private final Decoder<T> decoder;
    private final Breakers.Breaker breaker;
    private boolean refreshed;

    Attempt(Line line, CallSpec<T> spec, boolean transfer, Deadline deadline, Decoder<T> decoder) {
        this.line = line;
        this.spec = spec;
        this.transfer = transfer;
        this.deadline = deadline;
        this.decoder = decoder;
        this.breaker = line.context
                .breakers()
                .of(line.service.name(), line.service.base().getRawAuthority());
    }

    /** What an attempt ended in: a value, or trouble. */
    record Outcome<T>(
            @Nullable T value, int status, @Nullable Trouble trouble) {
        @SuppressWarnings("NullAway") // a call whose value is Void returns null
        T get() {
            return value;
        }
    }

    Outcome<T> make(int number) {
        if (deadline.passed()) {
            throw transportException(
                    "the deadline of " + Walk.words(deadline.total()) + " had passed before attempt " + number,
                    false,
                    null,
                    List.of());
        }
        if (!breaker.permits()) {
            throw new UnavailableException(
                    details(0, null, List.of())
                            .withReason("the circuit breaker of " + line.service.name() + " at "
                                    + line.service.base().getRawAuthority()
                                    + " is open until " + breaker.openUntil() + " after too many failures"),
                    "wait, or see what is wrong with the service");
        }
        boolean counted = false;
        try {
            Outcome<T> outcome = exchange();
            count(outcome);
            counted = true;
            return outcome;
        } finally {
            if (!counted) {
                breaker.unused();
            }
        }
    }

    /** What waiting does not cure, by the service's own words, is no illness a breaker could wait for, whatever its status. */
    private void count(Outcome<T> outcome) {
        Trouble trouble = outcome.trouble();
        int status = outcome.status();
        boolean ill = trouble != null
                && trouble.passing()
                && (status == 0 || status == 500 || (status >= 502 && status <= 504));
        if (ill) {
            breaker.failed();
        } else {
            breaker.answered();
        }
    }

    private Outcome<T> exchange() {
        Optional<Credential> credential =
                spec.anonymous() ? Optional.empty() : line.service.credentials().resolve(line.origin);
        Reply reply;
        try {
            reply = line.service.transport().send(wire(credential), deadline);
        } catch (TransportFailure e) {
            return new Outcome<>(null, 0, transportTrouble(e));
        }
        int status = reply.status();
        if (status >= 200 && status < 300) {
            return decode(reply, status);
        }
        Trouble trouble;
        try (reply) {
            trouble = Refusals.read(this, reply);
        }
        if (credential.isPresent() && !refreshed && saysUnknown(status, trouble)) {
            refreshed = true;
            line.service.credentials().refused(credential.get());
            return exchange();
        }
        return new Outcome<>(null, status, trouble);
    }

    /** Some servers answer 403 to a token they did not sign, as Airflow does after a restart with another secret. */
    private static boolean saysUnknown(int status, Trouble trouble) {
        return status == 401
                || (status == 403 && trouble.exception().apply(List.of()) instanceof UnauthenticatedException);
    }

    private Outcome<T> decode(Reply reply, int status) {
        boolean done = false;
        try {
            T value = decoder.decode(reply);
            done = true;
            return new Outcome<>(value, status, null);
        } catch (IOException e) {
            String reason = "the answer broke off: "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            return new Outcome<>(null, 0, transportTrouble(new TransportFailure(reason, true, false, e)));
        } finally {
            if (!done) {
                reply.close();
            }
        }
    }

    private Trouble transportTrouble(TransportFailure failure) {
        return new Trouble(
                failure.reason(),
                0,
                !failure.sent() && !failure.hopeless(),
                !failure.hopeless(),
                null,
                history -> transportException(failure.reason(), failure.sent(), failure.getCause(), history));
    }

    private MlPlatformException transportException(
            String reason, boolean sent, @Nullable Throwable cause, List<String> history) {
        String remedy = sent
                ? "the server may have acted on it"
                : "check that " + line.service.name() + " is reachable at " + line.service.base()
                        + "; its address is the setting " + line.service.name() + ".uri";
        return new TransportException(details(0, null, history).withReason(reason), remedy, sent, cause);
    }

    private Wire wire(Optional<Credential> credential) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", USER_AGENT);
        headers.put("Accept", "application/json");
        headers.put("Accept-Encoding", "identity");
        headers.put("traceparent", traceparent());
        headers.putAll(line.headers());
        headers.putAll(spec.headers());
        credential.ifPresent(c -> headers.putAll(c.headers()));
        return new Wire(spec.method(), line.service.base(), spec.path(), headers, spec.body(), transfer, spec.idle());
    }

    private String traceparent() {
        for (CallListener listener : line.context.listeners()) {
            try {
                Optional<String> given = listener.traceparent();
                if (given.isPresent()) {
                    return given.get();
                }
            } catch (RuntimeException e) {
                LOG.debug("a CallListener threw, which is ignored", e);
            }
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "00-" + HEX.toHexDigits(random.nextLong() | 1) + HEX.toHexDigits(random.nextLong()) + "-"
                + HEX.toHexDigits(random.nextLong() | 1) + "-00";
    }

    CallDetails details(int status, @Nullable Duration retryAfter, List<String> history) {
        RetryPolicy policy = line.policy();
        return new CallDetails(
                line.service.name(),
                spec.operation(),
                spec.method(),
                shownUri(),
                status,
                "",
                "",
                history,
                policy.maxAttempts(),
                retryAfter);
    }

    /** Returns the address without its query, which may hold secrets. */
    URI shownUri() {
        URI uri = URI.create(line.service.base() + spec.path());
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath());
    }

    Optional<Duration> retryAfter(Reply reply) {
        return reply.header("retry-after")
                .flatMap(h -> RetryAfter.parse(h, line.context.clock().instant()));
    }

    ServiceException refusal(CallDetails details, Map<String, String> headers, String body) {
        return line.service.errors().toException(details, headers, body);
    }
}
