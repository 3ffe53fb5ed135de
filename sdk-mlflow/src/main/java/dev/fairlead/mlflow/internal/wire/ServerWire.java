package dev.fairlead.mlflow.internal.wire;

import org.jspecify.annotations.Nullable;

/** What a server tells of itself. */
public final class ServerWire {
    private ServerWire() {}

    /** The answer of {@code server-info}. */
    public record Info(@Nullable String storeType, @Nullable Boolean workspacesEnabled) {}

    /** An error. */
    public record Failure(
            @Nullable String errorCode,
            @Nullable String message,
            @Nullable String detail) {}

    /** An answer that says nothing. */
    public record Empty() {}
}
