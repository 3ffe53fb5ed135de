package dev.fairlead.mlflow;

import java.util.Map;
import java.util.Optional;

/** Describes a logged model to be made. */
public interface LoggedModelSpec {
    /** Returns the name; empty lets the server make one up. */
    Optional<String> name();

    /** Returns its kind in your own words; empty by default. */
    String modelType();

    /** Returns the id of the run that makes it. */
    Optional<String> sourceRunId();

    /** Returns its parameters; none by default. */
    Map<String, String> params();

    /** Returns its tags; none by default. */
    Map<String, String> tags();

    /** Starts a description. */
    static Builder builder() {
        return ImmutableLoggedModelSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the name, without {@code / : . %} and quotes, at most 500 characters; several models may have the same. */
        Builder name(String name);

        /** Sets its kind, at most 500 characters. */
        Builder modelType(String type);

        /** Sets the id of the run that makes it. */
        Builder sourceRunId(String runId);

        /** Replaces its parameters. */
        Builder params(Map<String, ? extends String> params);

        /** Adds a parameter. */
        Builder putParam(String key, String value);

        /** Replaces its tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        LoggedModelSpec build();
    }
}
