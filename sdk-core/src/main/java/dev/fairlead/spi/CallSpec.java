package dev.fairlead.spi;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes one remote call completely.
 *
 * @param operation what is asked, a fixed text such as {@code runs/create}: it names the call in messages, listeners and metrics
 * @param method the HTTP method
 * @param path the path below the service's address, encoded, with its query
 * @param headers further headers
 * @param body what is sent, or {@code null}
 * @param repeat what may be done when the outcome is unknown
 * @param decoder reads the successful answer
 * @param transfer whether this moves content or follows a stream: then the idle limit bounds it, not the call's time limit
 * @param anonymous whether to send no credentials, as for a login
 * @param idle how long a transfer may pass without a byte, or {@code null} for the platform's limit
 * @param <T> what the call returns
 */
public record CallSpec<T>(
        String operation,
        String method,
        String path,
        Map<String, String> headers,
        @Nullable Body body,
        Repeat<T> repeat,
        Decoder<T> decoder,
        boolean transfer,
        boolean anonymous,
        @Nullable Duration idle) {

    /** Copies the headers. */
    public CallSpec {
        headers = Map.copyOf(headers);
    }

    /** Starts a read: repeatable without harm. */
    public static <T> Builder<T> get(String operation, String path, Decoder<T> decoder) {
        return new Builder<>(operation, "GET", path, decoder).repeat(Repeat.safe());
    }

    /** Starts a POST; it is not repeated on an unknown outcome unless told. */
    public static <T> Builder<T> post(String operation, String path, @Nullable Body body, Decoder<T> decoder) {
        return new Builder<>(operation, "POST", path, decoder).body(body);
    }

    /** Starts a call with any method; it is not repeated on an unknown outcome unless told. */
    public static <T> Builder<T> of(
            String operation, String method, String path, @Nullable Body body, Decoder<T> decoder) {
        return new Builder<>(operation, method, path, decoder).body(body);
    }

    /** Encodes one path segment, or one query name or value. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Builds a call. Not thread-safe.
     *
     * @param <T> what the call returns
     */
    public static final class Builder<T> {
        private final String operation;
        private final String method;
        private final StringBuilder path;
        private final Decoder<T> decoder;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private @Nullable Body body;
        private Repeat<T> repeat = Repeat.onlyIfRefused();
        private boolean transfer;
        private boolean anonymous;
        private @Nullable Duration idle;

        private Builder(String operation, String method, String path, Decoder<T> decoder) {
            this.operation = operation;
            this.method = method;
            this.path = new StringBuilder(path);
            this.decoder = decoder;
        }

        /** Appends a query parameter, encoded; one that is {@code null} is left out. */
        public Builder<T> query(String name, @Nullable Object value) {
            if (value != null) {
                path.append(path.indexOf("?") < 0 ? '?' : '&')
                        .append(encode(name))
                        .append('=')
                        .append(encode(Objects.toString(value)));
            }
            return this;
        }

        /** Adds a header. */
        public Builder<T> header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Sets what is sent. */
        public Builder<T> body(@Nullable Body body) {
            this.body = body;
            return this;
        }

        /** Sets what may be done when the outcome is unknown. */
        public Builder<T> repeat(Repeat<T> repeat) {
            this.repeat = repeat;
            return this;
        }

        /** Declares that repeating does no harm. */
        public Builder<T> repeatable() {
            return repeat(Repeat.safe());
        }

        /** Declares a transfer or stream, which the idle limit bounds. */
        public Builder<T> transfer() {
            this.transfer = true;
            return this;
        }

        /** Declares a transfer with an idle limit of its own; {@code null} means the platform's. */
        public Builder<T> transfer(@Nullable Duration limit) {
            this.idle = limit;
            return transfer();
        }

        /** Sends no credentials. */
        public Builder<T> anonymous() {
            this.anonymous = true;
            return this;
        }

        /** Makes the call. */
        public CallSpec<T> build() {
            return new CallSpec<>(
                    operation, method, path.toString(), headers, body, repeat, decoder, transfer, anonymous, idle);
        }
    }
}
