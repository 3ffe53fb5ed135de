package dev.fairlead.mlflow;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads and writes the artifacts of one run, through the tracking server: without Python, without a cloud's own library, and in constant
 * memory. Immutable and thread-safe.
 *
 * <p>Paths are relative, with {@code /} between folders; one that leads out of the run ({@code ..}, absolute, with a drive) is refused
 * with {@link dev.fairlead.error.InvalidValueException}, and so is what a server lists under such a name.
 *
 * <p>Where the run's artifacts do not go through the server ({@code s3://…} and others), the server still lists and reads them, and takes
 * files of at most 10 MiB; larger ones are refused with {@link UnsupportedArtifactStoreException}.
 */
public interface Artifacts {
    /** Returns the address of the run's artifacts, such as {@code mlflow-artifacts:/1/…/artifacts}. */
    URI root();

    /** Uploads a file into a folder (empty for the top), under its own name, and checks what arrived. */
    void log(Path file, String folder);

    /** Uploads what lies below a local folder into a folder, several files at a time, and checks what arrived. */
    void logTree(Path directory, String folder);

    /** Uploads content to a path. */
    void put(String path, ArtifactSource content);

    /** Uploads text to a path, as UTF-8. */
    default void putText(String path, String text) {
        put(path, ArtifactSource.of(text));
    }

    /** Lists the top. */
    default List<Artifact> list() {
        return list("");
    }

    /** Lists a folder; empty where there is none. */
    List<Artifact> list(String folder);

    /** Lists all files below a folder, each folder when its turn comes; close the stream. */
    Stream<Artifact> walk(String folder);

    /**
     * Opens a file; the caller closes the stream. Its reading is bounded by the idle limit, not by the call's time limit.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    InputStream open(String path);

    /**
     * Reads a whole file of at most 2 GiB into memory.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    byte[] bytes(String path);

    /** Reads a whole file as UTF-8 text. */
    String text(String path);

    /**
     * Downloads a file, or all files below a folder, into a local folder, and checks each size against the server's listing. A file appears
     * under its name only when it is complete.
     *
     * @param path a file or folder; empty for everything
     * @param target the local folder, made where it is missing
     * @return the file, or the folder
     * @throws dev.fairlead.error.NotFoundException if there is neither
     */
    Path download(String path, Path target);

    /** Deletes a file or a folder with all below it; does nothing where there is none. */
    void delete(String path);
}
