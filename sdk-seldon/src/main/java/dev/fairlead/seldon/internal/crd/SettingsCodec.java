package dev.fairlead.seldon.internal.crd;

import dev.fairlead.seldon.core2.InstallationSettings;
import dev.fairlead.spi.ValueBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads and writes how the components of an installation work together. */
final class SettingsCodec {
    private static final String KAFKA = "kafkaConfig";
    private static final String AGENT = "agentConfig";
    private static final String SERVICE = "serviceConfig";
    private static final String TRACING = "tracingConfig";

    private SettingsCodec() {}

    static InstallationSettings read(Map<?, ?> tree) {
        InstallationSettings.Builder builder = InstallationSettings.builder();
        Fields root = new Fields(tree);
        part(root, KAFKA, kafka -> {
            kafka.text("bootstrap.servers", builder::kafkaBootstrapServers);
            kafka.text("topicPrefix", builder::kafkaTopicPrefix);
            kafka.text("debug", builder::kafkaDebug);
            settings(kafka, "consumer", builder::kafkaConsumer);
            settings(kafka, "producer", builder::kafkaProducer);
            settings(kafka, "streams", builder::kafkaStreams);
        });
        part(
                root,
                AGENT,
                agent -> part(agent, "rclone", rclone -> {
                    Core2Codec.words(rclone, "config", builder::rcloneConfigs);
                    Core2Codec.words(rclone, "config_secrets", builder::rcloneConfigSecrets);
                }));
        part(root, SERVICE, service -> {
            service.text("serviceType", builder::serviceType);
            service.text("grpcServicePrefix", builder::grpcServicePrefix);
        });
        part(root, TRACING, tracing -> {
            tracing.truth("disable", () -> builder.tracingDisabled(true));
            tracing.text("otelExporterEndpoint", builder::otelExporterEndpoint);
            tracing.text("ratio", builder::tracingRatio);
        });
        builder.additionalFields(root.left());
        return ValueBuilder.partOf(builder);
    }

    /** Takes what we model of an object and leaves the rest of it; one that is empty is left as it came. */
    private static void part(Fields fields, String name, Consumer<Fields> read) {
        if (fields.left().get(name) instanceof Map<?, ?> map && !map.isEmpty()) {
            Fields part = new Fields(map);
            read.accept(part);
            if (part.left().isEmpty()) {
                fields.take(name);
            } else {
                fields.left().put(name, part.left());
            }
        }
    }

    private static void settings(Fields fields, String name, Consumer<Map<String, Object>> take) {
        fields.object(
                name,
                map -> map.isEmpty()
                                || map.values().stream().anyMatch(v -> !(v instanceof String || v instanceof Integer))
                        ? null
                        : Trees.copy(map),
                take);
    }

    static Map<String, Object> write(InstallationSettings settings) {
        Map<String, Object> rest = Trees.copy(settings.additionalFields());
        Map<String, Object> tree = new LinkedHashMap<>();
        Map<String, Object> kafka = new LinkedHashMap<>();
        settings.kafkaBootstrapServers().ifPresent(v -> kafka.put("bootstrap.servers", v));
        settings.kafkaTopicPrefix().ifPresent(v -> kafka.put("topicPrefix", v));
        settings.kafkaDebug().ifPresent(v -> kafka.put("debug", v));
        Core2Codec.putUnlessEmpty(kafka, "consumer", new LinkedHashMap<>(settings.kafkaConsumer()));
        Core2Codec.putUnlessEmpty(kafka, "producer", new LinkedHashMap<>(settings.kafkaProducer()));
        Core2Codec.putUnlessEmpty(kafka, "streams", new LinkedHashMap<>(settings.kafkaStreams()));
        add(tree, KAFKA, kafka, rest);
        Map<String, Object> rclone = new LinkedHashMap<>();
        Core2Codec.putUnlessEmpty(rclone, "config", settings.rcloneConfigs());
        Core2Codec.putUnlessEmpty(rclone, "config_secrets", settings.rcloneConfigSecrets());
        Map<String, Object> agent = new LinkedHashMap<>();
        add(agent, "rclone", rclone, Trees.at(rest, AGENT));
        add(tree, AGENT, agent, rest);
        Map<String, Object> service = new LinkedHashMap<>();
        settings.serviceType().ifPresent(v -> service.put("serviceType", v));
        settings.grpcServicePrefix().ifPresent(v -> service.put("grpcServicePrefix", v));
        add(tree, SERVICE, service, rest);
        Map<String, Object> tracing = new LinkedHashMap<>();
        Core2Codec.putTrue(tracing, "disable", settings.tracingDisabled());
        settings.otelExporterEndpoint().ifPresent(v -> tracing.put("otelExporterEndpoint", v));
        settings.tracingRatio().ifPresent(v -> tracing.put("ratio", v));
        add(tree, TRACING, tracing, rest);
        Trees.addAbsent(tree, rest);
        return tree;
    }

    private static void add(
            Map<String, Object> tree, String name, Map<String, Object> modelled, Map<String, Object> rest) {
        Trees.addAbsent(modelled, Trees.at(rest, name));
        Core2Codec.putUnlessEmpty(tree, name, modelled);
    }
}
