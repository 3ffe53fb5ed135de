package dev.fairlead.testing.internal.kube;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of one object.
 *
 * @param type {@code ADDED}, {@code MODIFIED} or {@code DELETED}
 * @param kind its kind
 * @param object the object after it, or as it was when deleted
 * @param before the object before it, or {@code null}
 * @param version the revision it made
 */
record Change(
        String type,
        KindInfo kind,
        Map<String, Object> object,
        @Nullable Map<String, Object> before,
        long version) {}
