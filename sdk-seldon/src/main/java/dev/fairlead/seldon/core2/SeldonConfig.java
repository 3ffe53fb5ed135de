package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.RuntimeCodec;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Is what installations of Seldon Core 2 are made of ({@code SeldonConfig}): the pods of its components, and how they work together. */
public interface SeldonConfig extends Core2Object {
    /** Returns the components. */
    List<ConfigComponent> components();

    /** Returns how the components work together. */
    Optional<InstallationSettings> settings();

    @Override
    default String kind() {
        return "SeldonConfig";
    }

    @Override
    default Map<String, Object> toTree() {
        return RuntimeCodec.write(this);
    }

    /**
     * Reads an object. It is not checked, for a cluster may hold anything; see {@link #problems()}.
     *
     * @throws dev.fairlead.error.InvalidResponseException if it is no SeldonConfig of Seldon Core 2
     */
    static SeldonConfig fromTree(Map<String, ?> tree) {
        return RuntimeCodec.config(tree);
    }

    /** Starts a configuration. */
    static Builder builder() {
        return ImmutableSeldonConfig.builder();
    }

    /** Starts a configuration of a name. */
    static Builder builder(String name) {
        return builder().name(name);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default SeldonConfig with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a configuration. Not thread-safe. */
    interface Builder extends Core2Object.Builder<Builder> {
        /** Replaces the components. */
        Builder components(Iterable<? extends ConfigComponent> components);

        /** Adds a component. */
        Builder addComponent(ConfigComponent component);

        /** Adds a component; its problems are reported with those of the whole. */
        default Builder addComponent(Component name, Consumer<ConfigComponent.Builder> component) {
            ConfigComponent.Builder builder = ConfigComponent.builder().name(name);
            component.accept(builder);
            return addComponent(ValueBuilder.<ConfigComponent>partOf(builder));
        }

        /** Sets how the components work together. */
        Builder settings(InstallationSettings settings);

        /** Sets how the components work together. */
        default Builder settings(Consumer<InstallationSettings.Builder> settings) {
            InstallationSettings.Builder builder = InstallationSettings.builder();
            settings.accept(builder);
            return settings(ValueBuilder.<InstallationSettings>partOf(builder));
        }

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException} with every problem. */
        SeldonConfig build();
    }
}
