package dev.fairlead.spi;

import dev.fairlead.error.InvalidResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Reads answers within limits and tells a login page from an answer. */
public final class Replies {
    /** The largest JSON answer we read: 64 MiB. */
    public static final int MAX_JSON = 64 << 20;

    private Replies() {}

    /** Reads the whole body, or throws when it is larger than the limit. */
    public static byte[] bytes(Reply reply, int limit) throws IOException {
        InputStream in = reply.body();
        int announced = announced(reply, limit);
        byte[] all = in.readNBytes(announced); // without a length the JDK begins with 16 KiB
        int next = in.read();
        if (next < 0) {
            return all;
        }
        byte[] rest = in.readNBytes(limit - all.length);
        if (all.length + rest.length >= limit) {
            throw new InvalidResponseException(
                    "the answer of " + reply.uri() + " is larger than " + limit + " bytes", null);
        }
        byte[] whole = Arrays.copyOf(all, all.length + 1 + rest.length);
        whole[all.length] = (byte) next;
        System.arraycopy(rest, 0, whole, all.length + 1, rest.length);
        return whole;
    }

    /** Returns the length the header tells, which an encoding may have changed, or the limit. */
    private static int announced(Reply reply, int limit) {
        try {
            long length = Long.parseLong(reply.header("content-length").orElse(""));
            return (int) Math.min(limit, Math.max(0, length));
        } catch (NumberFormatException e) {
            return limit;
        }
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
