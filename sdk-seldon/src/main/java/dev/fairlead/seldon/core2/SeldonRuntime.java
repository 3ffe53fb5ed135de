package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.RuntimeCodec;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Is an installation of Seldon Core 2 in a namespace ({@code SeldonRuntime}): a {@link SeldonConfig}, and what is otherwise here. */
public interface SeldonRuntime extends Core2Object {
    /** Returns the name of the {@link SeldonConfig} it is made of. */
    String seldonConfig();

    /** Returns what is otherwise of single components. */
    List<RuntimeOverride> overrides();

    /** Tells whether it stays as it is when its {@link SeldonConfig} changes. */
    boolean disableAutoUpdate();

    /** Returns how the components work together. */
    Optional<InstallationSettings> settings();

    @Override
    default String kind() {
        return "SeldonRuntime";
    }

    @Override
    default Map<String, Object> toTree() {
        return RuntimeCodec.write(this);
    }

    /**
     * Reads an object. It is not checked, for a cluster may hold anything; see {@link #problems()}.
     *
     * @throws dev.fairlead.error.InvalidResponseException if it is no SeldonRuntime of Seldon Core 2
     */
    static SeldonRuntime fromTree(Map<String, ?> tree) {
        return RuntimeCodec.runtime(tree);
    }

    /** Starts an installation. */
    static Builder builder() {
        return ImmutableSeldonRuntime.builder();
    }

    /** Starts an installation of a name. */
    static Builder builder(String name) {
        return builder().name(name);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default SeldonRuntime with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds an installation. Not thread-safe. */
    interface Builder extends Core2Object.Builder<Builder> {
        /** Sets the {@link SeldonConfig} it is made of; mandatory. */
        Builder seldonConfig(String name);

        /** Replaces what is otherwise of single components. */
        Builder overrides(Iterable<? extends RuntimeOverride> overrides);

        /** Adds what is otherwise of a component. */
        Builder addOverride(RuntimeOverride override);

        /** Says whether it stays as it is when its {@link SeldonConfig} changes. */
        Builder disableAutoUpdate(boolean disable);

        /** Sets how the components work together. */
        Builder settings(InstallationSettings settings);

        /** Sets how the components work together. */
        default Builder settings(Consumer<InstallationSettings.Builder> settings) {
            InstallationSettings.Builder builder = InstallationSettings.builder();
            settings.accept(builder);
            return settings(ValueBuilder.<InstallationSettings>partOf(builder));
        }

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException} with every problem. */
        SeldonRuntime build();
    }
}
