package dev.fairlead.spi;

import dev.fairlead.error.InvalidResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads answers within limits and tells a login page from an answer. */
public final class Replies {
    /** The largest JSON answer we read: 64 MiB. */
    public static final int MAX_JSON = 64 << 20;

    private Replies() {}

    /** Reads the whole body, or throws when it is larger than the limit. */
    public static byte[] bytes(Reply reply, int limit) throws IOException {
        InputStream in = reply.body();
        byte[] all = in.readNBytes(limit);
        if (all.length == limit && in.read() >= 0) {
            throw new InvalidResponseException(
                    "the answer of " + reply.uri() + " is larger than " + limit + " bytes", null);
        }
        return all;
    }

    /** Reads the whole body as UTF-8 text. */
    public static String text(Reply reply, int limit) throws IOException {
        return new String(bytes(reply, limit), StandardCharsets.UTF_8);
    }

    /** Reads a body that must be JSON; a web page in its place is told apart, for it is mostly a login page. */
    public static byte[] json(Reply reply, int limit) throws IOException {
        byte[] bytes = bytes(reply, limit);
        if (looksLikeHtml(reply, bytes)) {
            throw new InvalidResponseException(
                    reply.uri() + " answered " + reply.status()
                            + " with a web page where JSON was expected: a login page or "
                            + "another server stands in front of the service; address the service itself, or let the proxy pass "
                            + "bearer tokens (oauth2-proxy: --skip-jwt-bearer-tokens, --api-route)",
                    null);
        }
        return bytes;
    }

    private static boolean looksLikeHtml(Reply reply, byte[] bytes) {
        if (reply.header("content-type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/html")) {
            return true;
        }
        int start = 0;
        while (start < bytes.length && bytes[start] <= ' ') {
            start++;
        }
        return start < bytes.length && bytes[start] == '<';
    }
}
