package dev.fairlead.mlflow;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads and writes the artifacts of one run or logged model: without Python, without a cloud's own library where the server can stand in,
 * and in constant memory. Immutable and thread-safe.
 *
 * <p>Paths are relative, with {@code /} between folders; one that leads out of the folder ({@code ..}, absolute, with a drive) is refused
 * with {@link dev.fairlead.error.InvalidValueException}, and so is what a server lists under such a name.
 *
 * <p>Large files go straight to the store, or come from it, in parts, where the server offers that and the store can be reached from here;
 * otherwise through the server. Credentials of the server go to the server only.
 *
 * <p>Where the artifacts do not go through the server ({@code s3://…} and others), the server still lists and reads them, takes files of at
 * most 10 MiB, and opens S3 for larger ones. What is left needs the store itself: a {@code file:} location on this machine, or the module
 * fairlead-s3 and keys for {@code s3:}. Without those it is refused with {@link UnsupportedArtifactStoreException}.
 */
public interface Artifacts {
    /** Returns the address of the artifacts, such as {@code mlflow-artifacts:/1/…/artifacts}. */
    URI root();

    /** Returns a view that transfers in another way. */
    Artifacts with(Consumer<TransferOptions.Builder> options);

    /** Uploads a file into a folder (empty for the top), under its own name, and checks what arrived. */
    void log(Path file, String folder);

    /** Uploads what lies below a local folder into a folder, several files at a time, and checks what arrived. */
    TransferSummary logTree(Path directory, String folder);

    /** Uploads content to a path. A stream whose length is not known is kept in a temporary file where the store must know it. */
    void put(String path, ArtifactSource content);

    /** Uploads text to a path, as UTF-8. */
    default void putText(String path, String text) {
        put(path, ArtifactSource.of(text));
    }

    /** Uploads a tree of maps, lists, texts, numbers and booleans to a path, as JSON. */
    void putJson(String path, Object tree);

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
     * Reads a whole file into memory.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     * @throws dev.fairlead.error.InvalidResponseException if it is larger than {@link TransferOptions#maxInMemory()}
     */
    byte[] bytes(String path);

    /** Reads a whole file as UTF-8 text. */
    default String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    /**
     * Reads a whole file as a JSON object.
     *
     * @throws dev.fairlead.error.InvalidResponseException if it is none
     */
    Map<String, Object> json(String path);

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

    /**
     * Downloads all files below a folder, several at a time, as {@link #download} does.
     *
     * @param folder a folder; empty for everything
     * @param target the local folder, made where it is missing
     */
    TransferSummary downloadTree(String folder, Path target);

    /** Deletes a file or a folder with all below it; does nothing where there is none. */
    void delete(String path);
}
