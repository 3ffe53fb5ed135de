package dev.fairlead.mlflow.internal.webhooks;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.wire.WebhookWire;
import dev.fairlead.mlflow.webhooks.WebhookDelivery;
import dev.fairlead.mlflow.webhooks.WebhookEvent;
import dev.fairlead.mlflow.webhooks.WebhookRejectedException;
import dev.fairlead.mlflow.webhooks.WebhookRejectedException.Check;
import dev.fairlead.mlflow.webhooks.WebhookVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Checks deliveries signed as HMAC-SHA256 of {@code id.timestamp.body}, marked {@code v1}. */
public final class SignedDeliveries implements WebhookVerifier {
    private static final String ID = "X-MLflow-Delivery-Id";
    private static final String TIMESTAMP = "X-MLflow-Timestamp";
    private static final String SIGNATURE = "X-MLflow-Signature";
    private static final String VERSION = "v1,";
    private static final String HMAC = "HmacSHA256";

    private final List<SecretKeySpec> secrets;
    private final Duration tolerance;
    private final Clock clock;

    private SignedDeliveries(List<String> secrets, Duration tolerance, Clock clock) {
        this.secrets = secrets.stream()
                .map(s -> new SecretKeySpec(s.getBytes(StandardCharsets.UTF_8), HMAC))
                .toList();
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /** Starts a verifier. */
    public static WebhookVerifier.Builder builder() {
        return new Builder();
    }

    @Override
    public WebhookDelivery verify(Function<String, Optional<String>> header, byte[] body) {
        String id = required(header, ID);
        String timestamp = required(header, TIMESTAMP);
        String signature = required(header, SIGNATURE);
        Instant sentAt = age(timestamp);
        if (!signed(id, timestamp, body, signature)) {
            throw rejected(
                    Check.SIGNATURE,
                    "its signature was made with none of the " + secrets.size()
                            + " secrets known here, or its body was changed; compare the secret with the webhook's, and pass the body byte for byte");
        }
        return read(id, sentAt, body);
    }

    private static String required(Function<String, Optional<String>> header, String name) {
        return header.apply(name)
                .filter(v -> !v.isBlank())
                .orElseThrow(() -> rejected(
                        Check.HEADERS,
                        "it has no " + name + " header"
                                + (name.equals(SIGNATURE) ? "; the webhook has no secret, give it one" : "")));
    }

    private Instant age(String timestamp) {
        Instant sentAt;
        try {
            sentAt = Instant.ofEpochSecond(Long.parseLong(timestamp.strip()));
        } catch (NumberFormatException | DateTimeException e) {
            throw rejected(Check.HEADERS, "its " + TIMESTAMP + " header is no time in seconds");
        }
        Duration away = Duration.between(sentAt, clock.instant());
        if (away.abs().compareTo(tolerance) > 0) {
            throw rejected(
                    Check.AGE,
                    "it was sent at " + sentAt + ", which is " + away.abs().toSeconds() + " s "
                            + (away.isNegative() ? "ahead of" : "behind") + " the clock here; " + tolerance.toSeconds()
                            + " s are allowed");
        }
        return sentAt;
    }

    /** Compares with every secret in constant time, whichever fits. */
    private boolean signed(String id, String timestamp, byte[] body, String header) {
        boolean fits = false;
        for (String each : header.strip().split("\\s+", -1)) {
            byte[] given = each.startsWith(VERSION)
                    ? each.substring(VERSION.length()).getBytes(StandardCharsets.UTF_8)
                    : new byte[0];
            for (SecretKeySpec secret : secrets) {
                fits |= MessageDigest.isEqual(hmac(secret, id, timestamp, body), given);
            }
        }
        return fits;
    }

    private static byte[] hmac(SecretKeySpec secret, String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encode(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    private static WebhookDelivery read(String id, Instant sentAt, byte[] body) {
        try {
            WebhookWire.Delivery wire = Api.JSON.read(body, WebhookWire.Delivery.class, "the delivery");
            String entity = Objects.requireNonNullElse(wire.entity(), "");
            String action = Objects.requireNonNullElse(wire.action(), "");
            if (entity.isEmpty() || action.isEmpty()) {
                throw rejected(Check.BODY, "its body names no event");
            }
            WebhookEvent event = new WebhookEvent(entity, action);
            Map<String, Object> data = new LinkedHashMap<>();
            if (wire.data() != null) {
                wire.data().forEach((key, value) -> {
                    if (value != null) {
                        data.put(key, value);
                    }
                });
            }
            return new WebhookDelivery(
                    id,
                    sentAt,
                    event,
                    occurredAt(wire.timestamp(), sentAt),
                    Objects.requireNonNullElse(wire.workspace(), ""),
                    Payloads.of(event, data),
                    Map.copyOf(data));
        } catch (InvalidResponseException e) {
            throw new WebhookRejectedException(Check.BODY, "webhook delivery refused: its body is no JSON object", e);
        }
    }

    private static Instant occurredAt(@Nullable String text, Instant sentAt) {
        try {
            return text == null ? sentAt : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return sentAt;
        }
    }

    private static WebhookRejectedException rejected(Check check, String reason) {
        return new WebhookRejectedException(check, "webhook delivery refused: " + reason, null);
    }

    @Override
    public String toString() {
        return "WebhookVerifier[" + secrets.size() + " secrets, " + tolerance + "]";
    }

    private static final class Builder implements WebhookVerifier.Builder {
        private final List<String> secrets = new ArrayList<>();
        private Duration tolerance = Duration.ofMinutes(5);
        private Clock clock = Clock.systemUTC();

        @Override
        public WebhookVerifier.Builder addSecret(String secret) {
            secrets.add(secret);
            return this;
        }

        @Override
        public WebhookVerifier.Builder tolerance(Duration tolerance) {
            this.tolerance = tolerance;
            return this;
        }

        @Override
        public WebhookVerifier.Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        @Override
        public WebhookVerifier build() {
            if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
                throw new InvalidValueException(
                        "webhook verifier",
                        List.of(new Problem(
                                "secrets",
                                "must be at least one, none of them blank",
                                secrets.isEmpty() ? "none" : "a blank text")));
            }
            return new SignedDeliveries(secrets, tolerance, clock);
        }
    }
}
