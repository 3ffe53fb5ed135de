package dev.fairlead.internal.kube;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.JsonCodec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a JSON web token says of itself. Nothing is verified: the server does that. */
final class Jwt {
    private final Map<String, Object> claims;

    private Jwt(Map<String, Object> claims) {
        this.claims = claims;
    }

    /** Reads a token; empty if it is no such token, which is fine: it may be any text. */
    static Optional<Jwt> read(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
            return Optional.of(new Jwt(JsonCodec.camelCase().object(payload, "token payload")));
        } catch (IllegalArgumentException | InvalidResponseException e) {
            return Optional.empty();
        }
    }

    /** Returns the {@code exp} of a token; empty if it is no such token or does not say. */
    static Optional<Instant> expiresAt(String token) {
        return read(token)
                .flatMap(jwt -> jwt.claims.get("exp") instanceof Number seconds
                        ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                        : Optional.empty());
    }

    /** Tells whether it is meant for somebody. */
    boolean isFor(String audience) {
        Object named = claims.get("aud");
        return audience.equals(named) || (named instanceof List<?> several && several.contains(audience));
    }

    /** Returns whom it speaks of; empty if it does not say. */
    String subject() {
        return claims.get("sub") instanceof String text ? text : "";
    }
}
