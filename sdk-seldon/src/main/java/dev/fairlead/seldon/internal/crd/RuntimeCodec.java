package dev.fairlead.seldon.internal.crd;

import dev.fairlead.seldon.core2.Component;
import dev.fairlead.seldon.core2.ConfigComponent;
import dev.fairlead.seldon.core2.RuntimeOverride;
import dev.fairlead.seldon.core2.SeldonConfig;
import dev.fairlead.seldon.core2.SeldonRuntime;
import dev.fairlead.spi.ValueBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads and writes SeldonRuntimes and SeldonConfigs without loss. */
public final class RuntimeCodec {
    private RuntimeCodec() {}

    /** Reads a SeldonRuntime without checking it. */
    public static SeldonRuntime runtime(Map<String, ?> tree) {
        return ValueBuilder.partOf(Core2Codec.read(
                tree, Core2Codec.RUNTIME, SeldonRuntime.builder(), (spec, builder) -> {
                    spec.text("seldonConfig", builder::seldonConfig);
                    spec.list("overrides", RuntimeCodec::override, builder::overrides);
                    spec.object("config", SettingsCodec::read, builder::settings);
                    spec.truth("disableAutoUpdate", () -> builder.disableAutoUpdate(true));
                }));
    }

    private static @Nullable RuntimeOverride override(Object tree) {
        if (!(tree instanceof Map<?, ?> map) || !(map.get("name") instanceof String name)) {
            return null;
        }
        AtomicBoolean disable = new AtomicBoolean();
        AtomicReference<Integer> replicas = new AtomicReference<>();
        AtomicReference<String> serviceType = new AtomicReference<>();
        Fields fields = new Fields(map);
        fields.take("name");
        fields.truth("disable", () -> disable.set(true));
        fields.number("replicas", replicas::set);
        fields.text("serviceType", serviceType::set);
        return new RuntimeOverride(Component.of(name), disable.get(), replicas.get(), serviceType.get(), fields.left());
    }

    /** Writes a SeldonRuntime. */
    public static Map<String, Object> write(SeldonRuntime runtime) {
        Map<String, Object> spec = new LinkedHashMap<>();
        Core2Codec.put(spec, "seldonConfig", runtime.seldonConfig());
        Core2Codec.putUnlessEmpty(
                spec,
                "overrides",
                runtime.overrides().stream().map(RuntimeCodec::write).toList());
        runtime.settings().ifPresent(settings -> spec.put("config", SettingsCodec.write(settings)));
        Core2Codec.putTrue(spec, "disableAutoUpdate", runtime.disableAutoUpdate());
        return Core2Codec.write(runtime, Core2Codec.RUNTIME, spec);
    }

    private static Map<String, Object> write(RuntimeOverride override) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", override.component().value());
        Core2Codec.putTrue(tree, "disable", override.disable());
        override.replicas().ifPresent(n -> tree.put("replicas", n));
        override.serviceType().ifPresent(type -> tree.put("serviceType", type));
        Trees.addAbsent(tree, override.additionalFields());
        return tree;
    }

    /** Reads a SeldonConfig without checking it. */
    public static SeldonConfig config(Map<String, ?> tree) {
        return ValueBuilder.partOf(Core2Codec.read(tree, Core2Codec.CONFIG, SeldonConfig.builder(), (spec, builder) -> {
            spec.list("components", RuntimeCodec::component, builder::components);
            spec.object("config", SettingsCodec::read, builder::settings);
        }));
    }

    private static @Nullable ConfigComponent component(Object tree) {
        if (!(tree instanceof Map<?, ?>)) {
            return null;
        }
        ConfigComponent.Builder builder = ConfigComponent.builder();
        Fields fields = new Fields(tree);
        fields.text("name", v -> builder.name(Component.of(v)));
        fields.object("podSpec", Core2Codec::pod, builder::pod);
        fields.number("replicas", builder::replicas);
        fields.list("volumeClaimTemplates", Core2Codec::claim, builder::volumeClaimTemplates);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    /** Writes a SeldonConfig. */
    public static Map<String, Object> write(SeldonConfig config) {
        Map<String, Object> spec = new LinkedHashMap<>();
        Core2Codec.putUnlessEmpty(
                spec,
                "components",
                config.components().stream().map(RuntimeCodec::write).toList());
        config.settings().ifPresent(settings -> spec.put("config", SettingsCodec.write(settings)));
        return Core2Codec.write(config, Core2Codec.CONFIG, spec);
    }

    private static Map<String, Object> write(ConfigComponent component) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (component.name() != null) {
            tree.put("name", component.name().value());
        }
        component.pod().ifPresent(pod -> tree.put("podSpec", pod.specTree()));
        component.replicas().ifPresent(n -> tree.put("replicas", n));
        Core2Codec.putUnlessEmpty(tree, "volumeClaimTemplates", ServerCodec.claims(component.volumeClaimTemplates()));
        Trees.addAbsent(tree, component.additionalFields());
        return tree;
    }
}
