package dev.fairlead.testing.internal.http;

import dev.fairlead.spi.JsonCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a fake server answers. Making one sends nothing, so that a fault can still cut the connection.
 *
 * @param status the HTTP status
 * @param headers its headers
 * @param length the body's length, or -1 for a chunked body
 * @param body writes the body, or {@code null} for none
 */
public record Answer(
        int status,
        Map<String, String> headers,
        long length,
        @Nullable Writer body) {

    /** Writes a body. */
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws IOException;
    }

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Answers 200 with a tree, or a record whose components are named as on the wire. */
    public static Answer json(@Nullable Object tree) {
        return json(200, tree);
    }

    /** Answers with a tree. */
    public static Answer json(int status, @Nullable Object tree) {
        return bytes(status, "application/json", JsonCodec.camelCase().write(tree));
    }

    /** Answers with text. */
    public static Answer text(int status, String contentType, String text) {
        return bytes(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with bytes. */
    public static Answer bytes(int status, String contentType, byte[] bytes) {
        return new Answer(status, Map.of("Content-Type", contentType), bytes.length, out -> out.write(bytes));
    }

    /** Answers without a body. */
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), 0, null);
    }

    /** Answers with a file, in chunks or with its length. */
    public static Answer file(Path file, String contentType, boolean chunked) throws IOException {
        return new Answer(
                200,
                Map.of("Content-Type", contentType),
                chunked ? -1 : Files.size(file),
                out -> Files.copy(file, out));
    }

    /** Answers with what the writer writes, as it writes it; each flush is sent. */
    public static Answer stream(int status, String contentType, Writer body) {
        return new Answer(status, Map.of("Content-Type", contentType), -1, body);
    }

    /** Adds a header. */
    public Answer header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, length, body);
    }
}
