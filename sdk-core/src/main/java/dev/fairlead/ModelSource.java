package dev.fairlead;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Says where a model's files are and what they are: what a registry hands to a deployment.
 *
 * <p>{@code mlflow.models().resolve("flights@champion")} makes one; a predictor takes it.
 */
public interface ModelSource {
    /** Returns the address the cluster reads the model's folder from, such as {@code s3://models/flights/3}. */
    URI storageUri();

    /** Returns the registered name. */
    Optional<String> name();

    /** Returns the registered version. */
    Optional<String> version();

    /** Returns the id of the run that logged it. */
    Optional<String> runId();

    /** Returns labels that a deployment may carry over; empty by default. */
    Map<String, String> labels();

    /** Starts a source. */
    static Builder builder() {
        return ImmutableModelSource.builder();
    }

    /** Names a folder that no registry knows. */
    static ModelSource of(URI storageUri) {
        return builder().storageUri(storageUri).build();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default ModelSource with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a source. Not thread-safe. */
    interface Builder {
        /** Sets the address the cluster reads from; mandatory. */
        Builder storageUri(URI storageUri);

        /** Sets the registered name. */
        Builder name(String name);

        /** Sets the registered version. */
        Builder version(String version);

        /** Sets the id of the run that logged it. */
        Builder runId(String runId);

        /** Replaces the labels. */
        Builder labels(Map<String, ? extends String> labels);

        /** Adds a label. */
        Builder putLabel(String key, String value);

        /**
         * Makes the source.
         *
         * @throws dev.fairlead.error.InvalidValueException if the address is missing or not absolute
         */
        ModelSource build();
    }
}
