package dev.fairlead.internal.kube;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.JsonCodec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Reads when a JSON web token ends. Nothing is verified: the server does that. */
final class Jwt {
    private Jwt() {}

    /** Returns the {@code exp} of a token; empty if it is no such token or does not say. */
    static Optional<Instant> expiresAt(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
            Object exp = JsonCodec.camelCase().object(payload, "token payload").get("exp");
            return exp instanceof Number seconds
                    ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                    : Optional.empty();
        } catch (IllegalArgumentException | InvalidResponseException e) {
            return Optional.empty(); // not a web token, which is fine: it may be any text
        }
    }
}
