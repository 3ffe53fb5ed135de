package dev.fairlead.seldon;

import java.util.Map;
import java.util.Optional;

/** Is one thing KEDA looks at. */
public interface KedaTrigger {
    /** Returns what kind of scaler it is, such as {@code prometheus} or {@code kafka}. */
    String type();

    /** Returns its name; some of KEDA's formulas use it. */
    Optional<String> name();

    /** Returns the scaler's settings. KEDA takes texts only. */
    Map<String, String> metadata();

    /** Returns the TriggerAuthentication that holds its credentials. */
    Optional<String> authentication();

    /** Returns the kind of metric: {@code AverageValue}, {@code Value} or {@code Utilization}; empty leaves it to KEDA. */
    Optional<String> metricType();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts a trigger of a kind. */
    static Builder builder(String type) {
        return ImmutableKedaTrigger.builder().type(type);
    }

    /**
     * Starts a trigger on a query of Prometheus.
     *
     * @param serverAddress Prometheus, as KEDA reaches it
     * @param query a query with one value, such as the rate of {@code seldon_api_executor_server_requests_seconds_count}
     * @param threshold the value one pod is to bear
     */
    static Builder prometheus(String serverAddress, String query, String threshold) {
        return builder("prometheus")
                .putMetadata("serverAddress", serverAddress)
                .putMetadata("metricName", "seldon")
                .putMetadata("query", query)
                .putMetadata("threshold", threshold);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a trigger. Not thread-safe. */
    interface Builder {
        /** Sets what kind of scaler it is; mandatory. */
        Builder type(String type);

        /** Sets its name. */
        Builder name(String name);

        /** Replaces the scaler's settings. */
        Builder metadata(Map<String, ? extends String> metadata);

        /** Adds a setting of the scaler. */
        Builder putMetadata(String key, String value);

        /** Sets the TriggerAuthentication that holds its credentials. */
        Builder authentication(String name);

        /** Sets the kind of metric. */
        Builder metricType(String type);

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes the trigger, or throws {@link dev.fairlead.error.InvalidValueException}. */
        KedaTrigger build();
    }
}
