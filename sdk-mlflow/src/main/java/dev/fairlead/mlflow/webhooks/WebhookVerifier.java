package dev.fairlead.mlflow.webhooks;

import dev.fairlead.mlflow.internal.webhooks.SignedDeliveries;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks that a delivery comes from the MLflow server that knows the secret, unchanged and lately, and reads it. Needs no web framework: it
 * takes headers and body as they came. Immutable and thread-safe.
 *
 * <p>It does not know what was delivered before; {@link WebhookReceiver} does.
 */
public interface WebhookVerifier {
    /** Starts a verifier. */
    static Builder builder() {
        return SignedDeliveries.builder();
    }

    /** Makes a verifier with one secret and the defaults. */
    static WebhookVerifier of(String secret) {
        return builder().addSecret(secret).build();
    }

    /**
     * Checks and reads a delivery.
     *
     * @param header gives a header's value by its name, whose letter case must not matter
     * @param body the body, byte for byte
     * @throws WebhookRejectedException naming the check that failed
     */
    WebhookDelivery verify(Function<String, Optional<String>> header, byte[] body);

    /** Checks and reads a delivery; the case of the headers' names does not matter. */
    default WebhookDelivery verify(Map<String, List<String>> headers, byte[] body) {
        return verify(
                name -> headers.entrySet().stream()
                        .filter(e -> name.equalsIgnoreCase(e.getKey()))
                        .flatMap(e -> e.getValue().stream())
                        .findFirst(),
                body);
    }

    /** Builds a verifier. Not thread-safe. */
    interface Builder {
        /** Adds a secret; with several, a signature by any of them counts, so that secrets can be changed without a gap. */
        Builder addSecret(String secret);

        /** Sets how far the time of a delivery may lie from ours, either way; 5 minutes by default. */
        Builder tolerance(Duration tolerance);

        /** Sets the clock; the system's by default. */
        Builder clock(Clock clock);

        /**
         * Makes the verifier.
         *
         * @throws dev.fairlead.error.InvalidValueException if there is no secret, or a blank one
         */
        WebhookVerifier build();
    }
}
