package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.kube.KubeNames;
import dev.fairlead.spi.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold of installations and what they are made of. */
final class InstallationRules {
    private static final List<String> SERVICE_TYPES = List.of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName");

    private InstallationRules() {}

    static void check(SeldonRuntime runtime, Problems at) {
        Core2Rules.checkObject(runtime, at);
        Problems spec = at.at("spec");
        Core2Rules.checkReference("seldonConfig", runtime.seldonConfig(), spec);
        Set<Component> seen = new HashSet<>();
        int i = 0;
        for (RuntimeOverride override : runtime.overrides()) {
            Problems here = spec.at("overrides[" + i++ + "]");
            checkComponent(override.component(), seen, here);
            Core2Rules.notNegative("replicas", override.replicas(), here);
            checkServiceType("serviceType", override.serviceType(), here);
        }
        runtime.settings().ifPresent(settings -> spec.part("config", settings));
    }

    static void check(SeldonConfig config, Problems at) {
        Core2Rules.checkObject(config, at);
        Problems spec = at.at("spec");
        Set<Component> seen = new HashSet<>();
        int i = 0;
        for (ConfigComponent component : config.components()) {
            Problems here = spec.at("components[" + i++ + "]");
            checkComponent(component.name(), seen, here);
            if (component instanceof Problems.Checked checked) {
                checked.check(here);
            }
        }
        config.settings().ifPresent(settings -> spec.part("config", settings));
    }

    private static void checkComponent(Component component, Set<Component> seen, Problems at) {
        if (at.requireSet("name", component)) {
            at.require(seen.add(component), "name", "must not be that of another entry", component);
        }
    }

    static void check(ConfigComponent component, Problems at) {
        component.pod().ifPresent(pod -> Pods.checkSpec(pod, at));
        at.require(
                component.pod().isPresent() || component.additionalFields().containsKey("podSpec"),
                "podSpec",
                "must be set: the operator dies over a component without pods, again and again",
                null);
        Pods.checkLeft(component.additionalFields(), at);
        Core2Rules.notNegative("replicas", component.replicas(), at);
        ServerRules.checkVolumes(component.volumeClaimTemplates(), at);
    }

    static void check(InstallationSettings settings, Problems at) {
        checkServiceType("serviceConfig.serviceType", settings.serviceType(), at);
        checkKafka("consumer", settings.kafkaConsumer(), at);
        checkKafka("producer", settings.kafkaProducer(), at);
        checkKafka("streams", settings.kafkaStreams(), at);
        settings.rcloneConfigSecrets()
                .forEach(name -> KubeNames.checkSubdomain(at, "agentConfig.rclone.config_secrets", name));
        settings.kafkaTopicPrefix()
                .ifPresent(prefix -> at.require(
                        prefix.matches("[a-zA-Z0-9_-]+"),
                        "kafkaConfig.topicPrefix",
                        "must be letters, digits, '-' and '_': a dot parts the words of a topic's name",
                        prefix));
        settings.tracingRatio()
                .ifPresent(ratio ->
                        at.require(isShare(ratio), "tracingConfig.ratio", "must be a number from 0 to 1", ratio));
    }

    private static boolean isShare(String text) {
        return text.matches("0|1|0?\\.[0-9]{1,9}|0\\.|1\\.0*");
    }

    private static void checkServiceType(String field, Optional<String> type, Problems at) {
        type.ifPresent(
                word -> at.require(SERVICE_TYPES.contains(word), field, "must be one of " + SERVICE_TYPES, word));
    }

    private static void checkKafka(String part, Map<String, Object> settings, Problems at) {
        settings.forEach((name, value) -> at.require(
                value instanceof String || value instanceof Integer,
                "kafkaConfig." + part + "[" + name + "]",
                "must be a text or a whole number",
                value == null ? "not set" : value.getClass().getSimpleName()));
    }
}
