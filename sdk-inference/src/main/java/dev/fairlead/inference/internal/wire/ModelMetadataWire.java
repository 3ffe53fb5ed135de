package dev.fairlead.inference.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code GET /v2/models/{model}}. */
public record ModelMetadataWire(
        @Nullable String name,
        @Nullable List<String> versions,
        @Nullable String platform,
        @Nullable List<TensorWire> inputs,
        @Nullable List<TensorWire> outputs) {
    /** One input or output. */
    public record TensorWire(
            String name, String datatype, @Nullable List<Long> shape) {}
}
