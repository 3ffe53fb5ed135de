package dev.fairlead.mlflow;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a logged model of MLflow 3 as the server described it when it was read. */
public interface LoggedModel {
    /** Is the tag by which a model that was logged before is found again. */
    String KEY_TAG = "fairlead.model.key";

    /** Returns the id, such as {@code m-…}. */
    String id();

    /** Returns the id of its experiment. */
    String experimentId();

    /** Returns its name; several models may have the same. */
    String name();

    /** Returns how far it is. */
    LoggedModelStatus status();

    /** Returns what is to be said about the status; empty where the server tells nothing. */
    String statusMessage();

    /** Returns its kind in its author's words; empty where it was not said. */
    String modelType();

    /** Returns the id of the run that logged it. */
    Optional<String> sourceRunId();

    /** Returns the address of its files. */
    URI artifactUri();

    /** Returns its parameters. */
    Map<String, String> params();

    /** Returns its tags, those of MLflow itself ({@code mlflow.…}) included. */
    Map<String, String> tags();

    /** Returns the values of its metrics, those of several runs and datasets among them. */
    List<ModelMetric> metrics();

    /** Returns when it was made. */
    Optional<Instant> createdAt();

    /** Returns when it was changed last. */
    Optional<Instant> updatedAt();

    /** Returns how it is referred to: {@code models:/m-…}. */
    default ModelUri uri() {
        return ModelUri.logged(id());
    }

    /** Starts a model value, for tests and for fakes. */
    static Builder builder() {
        return ImmutableLoggedModel.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a model value. Not thread-safe. */
    interface Builder {
        /** Sets the id; mandatory. */
        Builder id(String id);

        /** Sets the id of its experiment; mandatory. */
        Builder experimentId(String id);

        /** Sets its name; empty by default. */
        Builder name(String name);

        /** Sets how far it is; ready by default. */
        Builder status(LoggedModelStatus status);

        /** Sets what is to be said about the status. */
        Builder statusMessage(String message);

        /** Sets its kind; empty by default. */
        Builder modelType(String type);

        /** Sets the id of the run that logged it. */
        Builder sourceRunId(String runId);

        /** Sets the address of its files; mandatory. */
        Builder artifactUri(URI uri);

        /** Replaces its parameters. */
        Builder params(Map<String, ? extends String> params);

        /** Adds a parameter. */
        Builder putParam(String key, String value);

        /** Replaces its tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Replaces the values of its metrics. */
        Builder metrics(Iterable<? extends ModelMetric> metrics);

        /** Adds a value of a metric. */
        Builder addMetric(ModelMetric metric);

        /** Sets when it was made. */
        Builder createdAt(Instant instant);

        /** Sets when it was changed last. */
        Builder updatedAt(Instant instant);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        LoggedModel build();
    }
}
