package dev.fairlead.airflow.admin;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Describes a connection as it should be. What is not set stays as it is. Its {@code toString} shows no secret. */
public interface ConnectionSpec {
    /** Returns the id. */
    String id();

    /** Returns its type, such as {@code http} or {@code kubernetes}. */
    String type();

    /** Returns what it is for. */
    Optional<String> description();

    /** Returns the host. */
    Optional<String> host();

    /** Returns the user. */
    Optional<String> login();

    /** Returns the password. */
    Optional<String> password();

    /** Returns the schema. */
    Optional<String> schema();

    /** Returns the port. */
    OptionalInt port();

    /** Returns the further settings, all of them; none means that they stay as they are. */
    Map<String, Object> extra();

    /** Starts a description. */
    static Builder builder(String id, String type) {
        return ImmutableConnectionSpec.builder().id(id).type(type);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the id; 1 to 200 letters, digits, dots, dashes and underscores. */
        Builder id(String id);

        /** Sets its type. */
        Builder type(String type);

        /** Sets what it is for. */
        Builder description(String text);

        /** Sets the host. */
        Builder host(String host);

        /** Sets the user. */
        Builder login(String user);

        /** Sets the password. */
        Builder password(String password);

        /** Sets the schema. */
        Builder schema(String schema);

        /** Sets the port, 1 to 65535. */
        Builder port(int port);

        /** Replaces the further settings. */
        Builder extra(Map<String, ? extends Object> extra);

        /** Adds a further setting: a text, number, boolean, list or map. */
        Builder putExtra(String name, Object value);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ConnectionSpec build();
    }
}
