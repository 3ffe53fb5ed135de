package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.Trees;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Is what an installation has otherwise than its {@link SeldonConfig} says of one component.
 *
 * @param component the component
 * @param disable whether it is left out
 * @param count how many run, or {@code null}
 * @param service the type of its Service, such as {@code LoadBalancer}, or {@code null}
 * @param additionalFields the fields we do not model, as they stand in the object
 */
public record RuntimeOverride(
        Component component,
        boolean disable,
        @Nullable Integer count,
        @Nullable String service,
        Map<String, Object> additionalFields) {
    /** Keeps a copy. */
    public RuntimeOverride {
        additionalFields = Collections.unmodifiableMap(Trees.copy(additionalFields));
    }

    /** Leaves a component out. */
    public static RuntimeOverride without(Component component) {
        return new RuntimeOverride(component, true, null, null, Map.of());
    }

    /** Says how many of a component run. */
    public static RuntimeOverride ofReplicas(Component component, int replicas) {
        return new RuntimeOverride(component, false, replicas, null, Map.of());
    }

    /** Says what type a component's Service has, such as {@code LoadBalancer}. */
    public static RuntimeOverride ofServiceType(Component component, String type) {
        return new RuntimeOverride(component, false, null, type, Map.of());
    }

    /** Returns how many run. */
    public OptionalInt replicas() {
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }

    /** Returns the type of its Service. */
    public Optional<String> serviceType() {
        return Optional.ofNullable(service);
    }
}
