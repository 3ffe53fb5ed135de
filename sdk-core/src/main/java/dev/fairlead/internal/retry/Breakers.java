package dev.fairlead.internal.retry;

import dev.fairlead.CallListener;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one circuit breaker per service and host. It opens when, of the last 20 attempts and at least 10, half failed on the transport or
 * with a 500, 502, 503 or 504 that waiting may cure; after 30 s it lets 3 attempts try. Thread-safe.
 */
public final class Breakers {
    private static final Duration OPEN = Duration.ofSeconds(30);

    private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();
    private final Clock clock;
    private final List<CallListener> listeners;

    /** Creates the breakers of one platform. */
    public Breakers(Clock clock, List<CallListener> listeners) {
        this.clock = clock;
        this.listeners = listeners;
    }

    /** Returns the breaker of a service and host. */
    public Breaker of(String system, String host) {
        return breakers.computeIfAbsent(system + " " + host, key -> new Breaker(create(system, host)));
    }

    private CircuitBreaker create(String system, String host) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .permittedNumberOfCallsInHalfOpenState(3)
                .waitDurationInOpenState(OPEN)
                .clock(clock)
                .currentTimestampFunction(c -> c.millis(), TimeUnit.MILLISECONDS)
                .build();
        CircuitBreaker breaker = CircuitBreaker.of(system + " " + host, config);
        breaker.getEventPublisher().onStateTransition(event -> {
            String from = event.getStateTransition().getFromState().name();
            String to = event.getStateTransition().getToState().name();
            listeners.forEach(l -> l.onCircuitChange(system, host, from, to));
        });
        return breaker;
    }

    /** One breaker. */
    public final class Breaker {
        private final CircuitBreaker breaker;
        private volatile Instant openUntil = Instant.MIN;

        private Breaker(CircuitBreaker breaker) {
            this.breaker = breaker;
            breaker.getEventPublisher().onStateTransition(event -> {
                if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                    openUntil = clock.instant().plus(OPEN);
                }
            });
        }

        /** Asks for one attempt. */
        public boolean permits() {
            return breaker.tryAcquirePermission();
        }

        /** Returns when an open breaker lets the next attempt try; whoever comes while it opens is told the same. */
        public Instant openUntil() {
            Instant now = clock.instant();
            return openUntil.isBefore(now) ? now.plus(OPEN) : openUntil;
        }

        /** Counts an attempt that the service answered, be it with a refusal. */
        public void answered() {
            breaker.onSuccess(0, TimeUnit.MILLISECONDS);
        }

        /** Counts an attempt that shows the service ill. */
        public void failed() {
            breaker.onError(0, TimeUnit.MILLISECONDS, new IllegalStateException("attempt failed"));
        }

        /** Gives back a permission whose attempt was never made. */
        public void unused() {
            breaker.releasePermission();
        }
    }
}
