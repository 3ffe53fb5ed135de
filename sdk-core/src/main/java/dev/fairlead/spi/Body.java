package dev.fairlead.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a call sends. Each form can be sent again, so that a repeatable call may be repeated. */
public sealed interface Body {
    /** Returns the content type. */
    String contentType();

    /** Sends JSON bytes. */
    static Body json(byte[] json) {
        return new Bytes(json, "application/json");
    }

    /** Sends text. */
    static Body text(String text, String contentType) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8), contentType);
    }

    /** Sends bytes. */
    static Body bytes(byte[] bytes, String contentType) {
        return new Bytes(bytes, contentType);
    }

    /** Sends a part of a file, streamed. */
    static Body file(Path path, long offset, long length, String contentType) {
        return new FilePart(path, offset, length, contentType);
    }

    /** Sends what a source opens anew for each attempt. */
    static Body stream(Source source, long length, String contentType) {
        return new Streamed(source, length, contentType);
    }

    /** Opens the same content again and again. */
    @FunctionalInterface
    interface Source {
        /** Opens the content at its start; the caller closes it. */
        InputStream open() throws IOException;

        /** Returns the source of a part of the content, from an offset, of a length. */
        default Source part(long offset, long length) {
            return () -> PartStream.open(this, offset, length);
        }
    }

    /** Bytes in memory. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] bytes, String contentType) implements Body {}

    /** A part of a file. */
    record FilePart(Path path, long offset, long length, String contentType) implements Body {}

    /** A source that can be opened again; {@code length} is -1 when unknown. */
    record Streamed(Source source, long length, String contentType) implements Body {}
}
