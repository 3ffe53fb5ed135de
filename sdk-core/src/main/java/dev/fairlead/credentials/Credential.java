package dev.fairlead.credentials;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is presented to one service. No form of it shows its secret in {@code toString()}. */
public sealed interface Credential {
    /** Returns the headers that present it; empty for a client certificate. */
    Map<String, String> headers();

    /** Returns when it ends, if that is known. */
    default Optional<Instant> expiresAt() {
        return Optional.empty();
    }

    /** Makes a bearer token that does not say when it ends. */
    static Credential bearer(String token) {
        return new Token("Bearer", token, null);
    }

    /** Makes a token with its scheme: {@code Bearer}, or {@code token} as JupyterHub wants it. */
    static Credential token(String scheme, String token, @Nullable Instant expiresAt) {
        return new Token(scheme, token, expiresAt);
    }

    /** Makes a user name with its password, sent as Basic. */
    static Credential basic(String username, String password) {
        return new Basic(username, password);
    }

    /** Makes a header of the service's own. */
    static Credential header(String name, String value) {
        return new Header(name, value);
    }

    /**
     * A token in the Authorization header.
     *
     * @param scheme the scheme before it
     * @param value the token itself
     * @param expiry when it ends, or {@code null} when that is not known
     */
    record Token(String scheme, String value, @Nullable Instant expiry) implements Credential {
        @Override
        public Map<String, String> headers() {
            return Map.of("Authorization", scheme + " " + value);
        }

        @Override
        public Optional<Instant> expiresAt() {
            return Optional.ofNullable(expiry);
        }

        @Override
        public String toString() {
            return scheme + " ***" + (expiry == null ? "" : " until " + expiry);
        }
    }

    /**
     * A user name and password.
     *
     * @param username the user
     * @param password the password
     */
    record Basic(String username, String password) implements Credential {
        @Override
        public Map<String, String> headers() {
            byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }

        @Override
        public String toString() {
            return "Basic " + username + ":***";
        }
    }

    /**
     * A header.
     *
     * @param name its name
     * @param value its value
     */
    record Header(String name, String value) implements Credential {
        @Override
        public Map<String, String> headers() {
            return Map.of(name, value);
        }

        @Override
        public String toString() {
            return name + ": ***";
        }
    }
}
