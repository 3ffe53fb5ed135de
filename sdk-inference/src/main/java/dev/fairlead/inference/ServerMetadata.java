package dev.fairlead.inference;

import java.util.List;

/** Describes an inference server as it does itself. */
public interface ServerMetadata {
    /** Returns its name, such as {@code mlserver} or {@code triton}. */
    String name();

    /** Returns its version; empty where it does not say. */
    String version();

    /** Returns the protocol's extensions it offers, such as {@code binary_tensor_data}. */
    List<String> extensions();

    /** Starts a description, for tests. */
    static Builder builder() {
        return ImmutableServerMetadata.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the name; mandatory. */
        Builder name(String name);

        /** Sets the version. */
        Builder version(String version);

        /** Replaces the extensions. */
        Builder extensions(Iterable<String> extensions);

        /** Adds an extension. */
        Builder addExtension(String extension);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ServerMetadata build();
    }
}
