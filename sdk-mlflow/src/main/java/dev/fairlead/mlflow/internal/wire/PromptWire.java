package dev.fairlead.mlflow.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is sent to keep a prompt as a registered model; the answers are {@link ModelWire}'s. */
public final class PromptWire {
    private PromptWire() {}

    /** Asks for a new prompt. */
    public record Create(String name, @Nullable String description, List<KeyValue> tags) {}

    /** Asks for a new version; the server insists on a source that says nothing. */
    public record CreateVersion(
            String name, String source, @Nullable String description, List<KeyValue> tags) {}

    /** Sets a tag; without a version, the prompt's own. */
    public record SetTag(String name, @Nullable String version, String key, String value) {}

    /** Names a tag; without a version, the prompt's own. */
    public record Tag(String name, @Nullable String version, String key) {}
}
