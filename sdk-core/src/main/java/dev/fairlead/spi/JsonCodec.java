package dev.fairlead.spi;

import dev.fairlead.internal.json.JacksonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON. A tree is made of {@code Map<String, Object>}, {@code List<Object>}, text, numbers, booleans and null, and keeps
 * every number exactly. Unknown fields are ignored when reading a record; absent ones are null. Null fields are not written.
 */
public interface JsonCodec {
    /** Returns the codec whose records use their component names as they are. */
    static JsonCodec camelCase() {
        return JacksonCodec.CAMEL;
    }

    /** Returns the codec whose records' component names become {@code snake_case}. */
    static JsonCodec snakeCase() {
        return JacksonCodec.SNAKE;
    }

    /** Writes a record or a tree. */
    byte[] write(@Nullable Object value);

    /** Writes what the content writes, piece by piece. */
    byte[] build(JsonOutput.Content content);

    /** Writes a record or a tree as text. */
    String text(@Nullable Object value);

    /**
     * Reads a record.
     *
     * @param what names the content in the message of the {@link dev.fairlead.error.InvalidResponseException}
     */
    <T> T read(byte[] json, Class<T> type, String what);

    /** Reads a record from a stream, which is not closed. */
    <T> T read(InputStream json, Class<T> type, String what) throws IOException;

    /** Reads a tree whose root must be an object. */
    Map<String, Object> object(byte[] json, String what);

    /** Reads a tree. */
    @Nullable
    Object tree(byte[] json, String what);

    /** Makes a record of a tree. */
    <T> T convert(@Nullable Object tree, Class<T> type, String what);

    /** Makes a tree of a record. */
    Map<String, Object> toTree(Object record);
}
