package dev.fairlead.mlflow;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a run as the server described it when it was read. {@link ActiveRun} is what logs. */
public interface Run {
    /** Is the tag that names a run's parent. */
    String PARENT_TAG = "mlflow.parentRunId";

    /** Is the tag that holds a run's description, as MLflow's web interface shows it. */
    String DESCRIPTION_TAG = "mlflow.note.content";

    /** Returns the id. */
    String id();

    /** Returns the id of its experiment. */
    String experimentId();

    /** Returns its name; the server makes one up where none was given. */
    String name();

    /** Returns how far it is. */
    RunStatus status();

    /** Returns whether it is in use or deleted. */
    LifecycleStage lifecycleStage();

    /** Returns when it began. */
    Instant startTime();

    /** Returns when it ended. */
    Optional<Instant> endTime();

    /** Returns who started it; may be empty. */
    String userId();

    /** Returns the address of its artifacts. */
    Optional<URI> artifactUri();

    /** Returns the latest value of each metric: the one with the highest step, then the latest time. */
    Map<String, Metric> metrics();

    /** Returns its parameters. */
    Map<String, String> params();

    /** Returns its tags, those of MLflow itself ({@code mlflow.…}) included. */
    Map<String, String> tags();

    /** Returns the datasets and logged models it used. */
    RunInputs inputs();

    /** Returns the logged models it made. */
    List<ModelOutput> outputs();

    /** Returns the latest value of one metric. */
    default Optional<Metric> metric(String key) {
        return Optional.ofNullable(metrics().get(key));
    }

    /** Returns what it is about; empty where nobody said. */
    default String description() {
        return tags().getOrDefault(DESCRIPTION_TAG, "");
    }

    /** Returns the id of the run it is nested in. */
    default Optional<String> parentId() {
        return Optional.ofNullable(tags().get(PARENT_TAG));
    }

    /** Starts a run value, for tests and for fakes. */
    static Builder builder() {
        return ImmutableRun.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a run value. Not thread-safe. */
    interface Builder {
        /** Sets the id; mandatory. */
        Builder id(String id);

        /** Sets the id of its experiment; mandatory. */
        Builder experimentId(String id);

        /** Sets its name; empty by default. */
        Builder name(String name);

        /** Sets how far it is; running by default. */
        Builder status(RunStatus status);

        /** Sets whether it is in use; active by default. */
        Builder lifecycleStage(LifecycleStage stage);

        /** Sets when it began; the epoch by default. */
        Builder startTime(Instant instant);

        /** Sets when it ended. */
        Builder endTime(Instant instant);

        /** Sets who started it; empty by default. */
        Builder userId(String user);

        /** Sets the address of its artifacts. */
        Builder artifactUri(URI uri);

        /** Replaces the metrics. */
        Builder metrics(Map<String, ? extends Metric> metrics);

        /** Adds a metric. */
        Builder putMetric(String key, Metric metric);

        /** Replaces the parameters. */
        Builder params(Map<String, ? extends String> params);

        /** Adds a parameter. */
        Builder putParam(String key, String value);

        /** Replaces the tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Sets the datasets and logged models it used; none by default. */
        Builder inputs(RunInputs inputs);

        /** Replaces the logged models it made. */
        Builder outputs(Iterable<? extends ModelOutput> outputs);

        /** Adds a logged model it made. */
        Builder addOutput(ModelOutput output);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        Run build();
    }
}
