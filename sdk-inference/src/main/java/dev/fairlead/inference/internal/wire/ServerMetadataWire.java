package dev.fairlead.inference.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code GET /v2}. */
public record ServerMetadataWire(
        String name, @Nullable String version, @Nullable List<String> extensions) {}
