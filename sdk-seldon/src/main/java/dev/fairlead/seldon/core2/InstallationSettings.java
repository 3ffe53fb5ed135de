package dev.fairlead.seldon.core2;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Is how the components of an installation work together ({@code config}): Kafka, tracing, rclone, Services. Its text never shows settings of
 * Kafka and rclone, for they may hold secrets.
 */
public interface InstallationSettings {
    /** Returns Kafka's addresses, such as {@code kafka:9092}. */
    Optional<String> kafkaBootstrapServers();

    /** Returns what the names of topics start with; {@code seldon} where it is not set. */
    Optional<String> kafkaTopicPrefix();

    /** Returns what the Kafka client tells about itself in the log, such as {@code all}. */
    Optional<String> kafkaDebug();

    /** Returns settings of Kafka's consumers, texts and whole numbers. */
    Map<String, Object> kafkaConsumer();

    /** Returns settings of Kafka's producers, texts and whole numbers. */
    Map<String, Object> kafkaProducer();

    /** Returns settings of Kafka's streams, texts and whole numbers. */
    Map<String, Object> kafkaStreams();

    /** Returns settings of rclone's remotes, each a JSON text. */
    List<String> rcloneConfigs();

    /** Returns the Secrets with settings of rclone's remotes. */
    List<String> rcloneConfigSecrets();

    /** Returns the type of the Services, such as {@code ClusterIP}. */
    Optional<String> serviceType();

    /** Returns what the names of gRPC ports start with. */
    Optional<String> grpcServicePrefix();

    /** Tells whether nothing is traced. */
    boolean tracingDisabled();

    /** Returns where traces are sent. */
    Optional<String> otelExporterEndpoint();

    /** Returns the share of requests that is traced, 0 to 1 as text. */
    Optional<String> tracingRatio();

    /** Returns what we do not model, as a tree like the object's own: {@code {"kafkaConfig": {"newField": 1}}}. */
    Map<String, Object> additionalFields();

    /** Starts settings. */
    static Builder builder() {
        return ImmutableInstallationSettings.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds settings. Not thread-safe. */
    interface Builder {
        /** Sets Kafka's addresses. */
        Builder kafkaBootstrapServers(String addresses);

        /** Sets what the names of topics start with. */
        Builder kafkaTopicPrefix(String prefix);

        /** Sets what the Kafka client tells about itself in the log. */
        Builder kafkaDebug(String words);

        /** Replaces the settings of Kafka's consumers. */
        Builder kafkaConsumer(Map<String, ? extends Object> settings);

        /** Adds a setting of Kafka's consumers, a text or a whole number. */
        Builder putKafkaConsumer(String name, Object value);

        /** Replaces the settings of Kafka's producers. */
        Builder kafkaProducer(Map<String, ? extends Object> settings);

        /** Adds a setting of Kafka's producers, a text or a whole number. */
        Builder putKafkaProducer(String name, Object value);

        /** Replaces the settings of Kafka's streams. */
        Builder kafkaStreams(Map<String, ? extends Object> settings);

        /** Adds a setting of Kafka's streams, a text or a whole number. */
        Builder putKafkaStream(String name, Object value);

        /** Replaces the settings of rclone's remotes. */
        Builder rcloneConfigs(Iterable<String> configs);

        /** Adds settings of a remote of rclone's, a JSON text. */
        Builder addRcloneConfig(String config);

        /** Replaces the Secrets with settings of rclone's remotes. */
        Builder rcloneConfigSecrets(Iterable<String> secrets);

        /** Adds a Secret with settings of a remote of rclone's. */
        Builder addRcloneConfigSecret(String secret);

        /** Sets the type of the Services. */
        Builder serviceType(String type);

        /** Sets what the names of gRPC ports start with. */
        Builder grpcServicePrefix(String prefix);

        /** Says whether nothing is traced. */
        Builder tracingDisabled(boolean disabled);

        /** Sets where traces are sent. */
        Builder otelExporterEndpoint(String endpoint);

        /** Sets the share of requests that is traced, 0 to 1 as text. */
        Builder tracingRatio(String ratio);

        /** Replaces what we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds what we do not model, at the root of the settings' tree. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes the settings, or throws {@link dev.fairlead.error.InvalidValueException}. */
        InstallationSettings build();
    }
}
