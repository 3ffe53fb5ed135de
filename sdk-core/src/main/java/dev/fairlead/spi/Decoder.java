package dev.fairlead.spi;

import java.io.IOException;

/**
 * Reads a successful answer.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface Decoder<T> {
    /** Reads the value; throws {@link dev.fairlead.error.InvalidResponseException} for an answer of the wrong kind. */
    T decode(Reply reply) throws IOException;

    /** Reads JSON of at most 64 MiB into a wire record. */
    static <T> Decoder<T> json(JsonCodec codec, Class<T> type) {
        return reply -> codec.read(Replies.json(reply, Replies.MAX_JSON), type, type.getSimpleName());
    }

    /** Reads text of at most 64 MiB. */
    static Decoder<String> text() {
        return reply -> Replies.text(reply, Replies.MAX_JSON);
    }

    /** Reads nothing. */
    static Decoder<Void> nothing() {
        return new Decoder<>() {
            @Override
            @SuppressWarnings("NullAway") // Void has no other value
            public Void decode(Reply reply) {
                return null;
            }
        };
    }
}
