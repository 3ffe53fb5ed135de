package dev.fairlead.mlflow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Gives the same content again and again, so that an upload may be repeated. */
@FunctionalInterface
public interface ArtifactSource {
    /** Opens the content at its start; the caller closes it. */
    InputStream open() throws IOException;

    /** Returns the number of bytes, or -1 where it is not known before; not known by default. */
    default long length() {
        return -1;
    }

    /** Returns the local file whose content this is; a large one can be uploaded in parts, several at a time. */
    default Optional<Path> file() {
        return Optional.empty();
    }

    /** Gives bytes. */
    static ArtifactSource of(byte[] bytes) {
        return new ArtifactSource() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public long length() {
                return bytes.length;
            }
        };
    }

    /** Gives text as UTF-8. */
    static ArtifactSource of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives a file's content. */
    static ArtifactSource of(Path file) {
        return new ArtifactSource() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public Optional<Path> file() {
                return Optional.of(file);
            }

            @Override
            public long length() {
                try {
                    return Files.size(file);
                } catch (IOException e) {
                    throw new UncheckedIOException("the size of " + file + " cannot be read", e);
                }
            }
        };
    }
}
