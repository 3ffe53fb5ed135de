package dev.fairlead.mlflow.internal.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Transfers straight to the store, on the wire. */
public final class ArtifactWire {
    private ArtifactWire() {}

    /** Asks for an upload in parts. */
    public record CreateParts(String path, int numParts) {}

    /** An upload in parts; some stores have no id for it. */
    public record Parts(@Nullable String uploadId, @Nullable List<PartAddress> credentials) {}

    /** Where a part goes. */
    public record PartAddress(
            String url, int partNumber, @Nullable Map<String, String> headers) {}

    /** Puts the parts together. */
    public record CompleteParts(String path, @Nullable String uploadId, List<Part> parts) {}

    /** A part that arrived. */
    public record Part(int partNumber, String etag, String url) {}

    /** Gives an upload up. */
    public record AbortParts(String path, @Nullable String uploadId) {}

    /** Asks for an address to upload to or download from. */
    public record Sign(@Nullable String runId, @Nullable String modelId, String path) {}

    /** An address that is signed for one file; the routes name it differently. */
    public record Signed(
            @Nullable String url,
            @Nullable String presignedUrl,
            @Nullable Map<String, String> headers,
            @Nullable Long fileSize) {}
}
