package dev.fairlead.seldon.internal.crd;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.core2.SeldonServer;
import dev.fairlead.seldon.core2.ServerConfig;
import dev.fairlead.seldon.core2.VolumeClaimTemplate;
import dev.fairlead.spi.ValueBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes Servers and ServerConfigs of Seldon Core 2 without loss. */
public final class ServerCodec {
    private ServerCodec() {}

    /** Reads a Server without checking it. */
    public static SeldonServer server(Map<String, ?> tree) {
        return ValueBuilder.partOf(
                Core2Codec.read(tree, Core2Codec.SERVER, SeldonServer.builder(), ServerCodec::readServer));
    }

    private static void readServer(Fields spec, SeldonServer.Builder builder) {
        spec.text("serverConfig", builder::serverConfig);
        Core2Codec.words(spec, "capabilities", builder::capabilities);
        Core2Codec.words(spec, "extraCapabilities", builder::extraCapabilities);
        if (spec.take("imageOverrides") instanceof Map<?, ?> images) {
            Fields overrides = new Fields(images);
            overrides.object("agent", SidecarCodec::container, builder::agent);
            overrides.object("rclone", SidecarCodec::container, builder::rclone);
            boolean whole = images.isEmpty();
            if (whole || !overrides.left().isEmpty()) {
                spec.left().put("imageOverrides", overrides.left());
            }
        }
        spec.object("podSpec", Core2Codec::pod, builder::pod);
        spec.number("replicas", builder::replicas);
        spec.number("minReplicas", builder::minReplicas);
        spec.number("maxReplicas", builder::maxReplicas);
        spec.truth("disableAutoUpdate", () -> builder.disableAutoUpdate(true));
    }

    /** Writes a Server. */
    public static Map<String, Object> write(SeldonServer server) {
        Map<String, Object> spec = new LinkedHashMap<>();
        Core2Codec.put(spec, "serverConfig", server.serverConfig());
        Core2Codec.putUnlessEmpty(spec, "capabilities", server.capabilities());
        Core2Codec.putUnlessEmpty(spec, "extraCapabilities", server.extraCapabilities());
        Map<String, Object> images = new LinkedHashMap<>();
        server.agent().ifPresent(agent -> images.put("agent", container(agent)));
        server.rclone().ifPresent(rclone -> images.put("rclone", container(rclone)));
        Trees.addAbsent(images, Trees.at(server.additionalFields(), "spec", "imageOverrides"));
        Core2Codec.putUnlessEmpty(spec, "imageOverrides", images);
        server.pod().ifPresent(pod -> spec.put("podSpec", pod.specTree()));
        server.replicas().ifPresent(n -> spec.put("replicas", n));
        server.minReplicas().ifPresent(n -> spec.put("minReplicas", n));
        server.maxReplicas().ifPresent(n -> spec.put("maxReplicas", n));
        Core2Codec.putTrue(spec, "disableAutoUpdate", server.disableAutoUpdate());
        return Core2Codec.write(server, Core2Codec.SERVER, spec);
    }

    private static Map<String, Object> container(PodTemplate pod) {
        return Trees.objects(pod.specTree(), "containers").get(0);
    }

    /** Reads a ServerConfig without checking it. */
    public static ServerConfig config(Map<String, ?> tree) {
        return ValueBuilder.partOf(
                Core2Codec.read(tree, Core2Codec.SERVER_CONFIG, ServerConfig.builder(), ServerCodec::readConfig));
    }

    private static void readConfig(Fields spec, ServerConfig.Builder builder) {
        spec.object("podSpec", Core2Codec::pod, builder::pod);
        spec.list("volumeClaimTemplates", Core2Codec::claim, builder::volumeClaimTemplates);
        if (List.of().equals(spec.left().get("volumeClaimTemplates"))) {
            spec.take("volumeClaimTemplates");
        }
    }

    /** Writes a ServerConfig; the schema wants its list of volumes even where it is empty. */
    public static Map<String, Object> write(ServerConfig config) {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (config.pod() != null) {
            spec.put("podSpec", config.pod().specTree());
        }
        if (!Trees.at(config.additionalFields(), "spec").containsKey("volumeClaimTemplates")) {
            spec.put("volumeClaimTemplates", Trees.list(claims(config.volumeClaimTemplates())));
        }
        return Core2Codec.write(config, Core2Codec.SERVER_CONFIG, spec);
    }

    static List<Map<String, Object>> claims(List<VolumeClaimTemplate> templates) {
        return templates.stream().map(VolumeClaimTemplate::tree).toList();
    }
}
