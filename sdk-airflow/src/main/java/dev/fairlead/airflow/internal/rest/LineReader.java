package dev.fairlead.airflow.internal.rest;

import dev.fairlead.error.InvalidResponseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a stream as they come, each bounded, holding one at a time. Used by one thread. */
public final class LineReader {
    /** A longer line is no line of a log or of states. */
    private static final int MAX_LINE = 16 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[16 << 10];
    private int from;
    private int to;

    /** Reads from a stream, which is not closed. */
    public LineReader(InputStream in) {
        this.in = in;
    }

    /** Returns the next line without its end, or {@code null} at the end of the stream. */
    public @Nullable String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean begun = false;
        while (true) {
            if (from == to) {
                from = 0;
                to = Math.max(0, in.read(buffer));
                if (to == 0) {
                    return begun ? line.toString(StandardCharsets.UTF_8) : null;
                }
            }
            begun = true;
            int start = from;
            while (from < to && buffer[from] != '\n') {
                from++;
            }
            line.write(buffer, start, from - start);
            if (from < to) {
                from++;
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() > MAX_LINE) {
                throw new InvalidResponseException("airflow sent a line of more than " + MAX_LINE + " bytes", null);
            }
        }
    }
}
