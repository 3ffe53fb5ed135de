package dev.fairlead.airflow.admin;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Holds a connection as the server showed it when it was read. Its password is never shown.
 *
 * @param id the id
 * @param type its type, such as {@code http} or {@code kubernetes}
 * @param description what it is for; empty where it has none
 * @param hostName the host, or {@code null}
 * @param user the user, or {@code null}
 * @param schemaName the schema, or {@code null}
 * @param portNumber the port, or {@code null}
 * @param passwordSet whether it has a password; always false on Airflow 2, which does not tell
 * @param extra the further settings, secrets as {@code ***}; a list on Airflow 2 leaves them out
 */
public record Connection(
        String id,
        String type,
        String description,
        @Nullable String hostName,
        @Nullable String user,
        @Nullable String schemaName,
        @Nullable Integer portNumber,
        boolean passwordSet,
        Map<String, Object> extra) {
    /** Returns the host. */
    public Optional<String> host() {
        return Optional.ofNullable(hostName);
    }

    /** Returns the user. */
    public Optional<String> login() {
        return Optional.ofNullable(user);
    }

    /** Returns the schema. */
    public Optional<String> schema() {
        return Optional.ofNullable(schemaName);
    }

    /** Returns the port. */
    public OptionalInt port() {
        return portNumber == null ? OptionalInt.empty() : OptionalInt.of(portNumber);
    }

    /** Shows neither user nor further settings: they may be secrets. */
    @Override
    public String toString() {
        return "Connection[" + id + ", " + type + host().map(h -> ", " + h).orElse("") + "]";
    }
}
