package dev.fairlead.internal.kube;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.OperationInterruptedException;
import dev.fairlead.internal.http.LineContext;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.Replies;
import dev.fairlead.spi.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches objects: reads their state, follows their changes from there, takes up again where the stream broke, and reads anew when the server
 * has forgotten that place. Used by one thread.
 */
final class Watching {
    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int PAGE = 500;

    private final HttpCalls line;
    private final LineContext context;
    private final What what;
    private final Sink sink;
    private @Nullable String version;
    private Duration pause = FIRST_PAUSE;

    Watching(HttpCalls line, LineContext context, What what, Sink sink) {
        this.line = line;
        this.context = context;
        this.what = what;
        this.sink = sink;
    }

    /** Says which objects are watched. */
    record What(
            Kind kind,
            String namespace,
            @Nullable String fields,
            @Nullable String labels) {
        @Override
        public String toString() {
            return kind.kind() + (fields == null ? "" : " " + fields) + (labels == null ? "" : " " + labels);
        }
    }

    /** Is told what is seen; each answers whether it has seen enough. */
    interface Sink {
        /** Is given all objects there are. */
        boolean present(List<Map<String, Object>> objects, @Nullable String version);

        /** Is given a change: {@code ADDED}, {@code MODIFIED}, {@code DELETED}, or a {@code BOOKMARK}, which holds a version alone. */
        boolean event(String type, Map<String, Object> object);
    }

    /** Watches one object until a condition holds; the condition is given {@code null} where there is none. */
    static Watching one(
            HttpCalls line,
            LineContext context,
            Kind kind,
            String namespace,
            String name,
            Predicate<@Nullable Map<String, Object>> condition) {
        return new Watching(line, context, new What(kind, namespace, "metadata.name=" + name, null), new Sink() {
            @Override
            public boolean present(List<Map<String, Object>> objects, @Nullable String version) {
                return condition.test(objects.isEmpty() ? null : objects.get(0));
            }

            @Override
            public boolean event(String type, Map<String, Object> object) {
                return !type.equals("BOOKMARK") && condition.test(type.equals("DELETED") ? null : object);
            }
        });
    }

    /** Watches until the sink has seen enough or the deadline has passed; returns whether it has. A later call goes on where this one ended. */
    boolean run(Deadline deadline) {
        while (!deadline.passed()) {
            try {
                if (version == null && read(deadline)) {
                    return true;
                }
                if (follow(deadline)) {
                    return true;
                }
            } catch (NotFoundException e) {
                if (e.status() != 410) {
                    throw e;
                }
                version = null; // the server has forgotten our place: read the state anew
                rest(deadline);
            }
        }
        return false;
    }

    private boolean read(Deadline deadline) {
        List<Map<String, Object>> objects = new ArrayList<>();
        String next = null;
        String read;
        do {
            Map<String, Object> page = line.call(
                    collection("list ", object())
                            .query("limit", PAGE)
                            .query("continue", next)
                            .build(),
                    deadline.atMost(line.deadline().left()));
            KubeCalls.items(page).forEach(item -> objects.add(KubeCalls.named(what.kind(), item)));
            read = KubeCalls.text(KubeCalls.metadata(page).get("resourceVersion"));
            next = KubeCalls.text(KubeCalls.metadata(page).get("continue"));
        } while (next != null && !next.isEmpty());
        version = read;
        return sink.present(objects, read);
    }

    private <T> CallSpec.Builder<T> collection(String verb, Decoder<T> decoder) {
        Kind kind = what.kind();
        return CallSpec.get(verb + kind.plural(), KubePaths.collection(kind, what.namespace()), decoder)
                .query("fieldSelector", what.fields())
                .query("labelSelector", what.labels());
    }

    private static Decoder<Map<String, Object>> object() {
        return reply -> JsonCodec.camelCase().object(Replies.json(reply, Replies.MAX_JSON), "Kubernetes list");
    }

    /** Follows one stream to its end; returns whether the sink has seen enough. */
    private boolean follow(Deadline deadline) {
        CallSpec<Void> spec = collection("watch ", Decoder.nothing())
                .query("watch", true)
                .query("allowWatchBookmarks", true)
                .query("resourceVersion", version)
                .query("timeoutSeconds", Math.max(1, seconds(deadline)))
                .build();
        try (Reply reply = line.open(spec, deadline)) {
            LineReader lines = new LineReader(reply.body());
            for (String text = lines.next(); text != null && version != null; text = lines.next()) {
                if (event(text)) {
                    return true;
                }
            }
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
            LOG.debug("the watch of {} broke and is taken up at {}", what, version, e);
        }
        rest(deadline);
        return false;
    }

    private static long seconds(Deadline deadline) {
        Duration left = deadline.left();
        return (left.compareTo(KubeAccess.WATCH_RENEWAL) < 0 ? left : KubeAccess.WATCH_RENEWAL).toSeconds() + 1;
    }

    private boolean event(String text) {
        Map<String, Object> event = JsonCodec.camelCase()
                .object(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), "Kubernetes watch event");
        Map<String, Object> object = KubeCalls.asObject(event.get("object"));
        String type = String.valueOf(event.get("type"));
        if (type.equals("ERROR")) {
            return error(object);
        }
        pause = FIRST_PAUSE;
        version = KubeCalls.text(KubeCalls.metadata(object).get("resourceVersion"));
        return sink.event(type, object);
    }

    private boolean error(Map<String, Object> status) {
        int code = status.get("code") instanceof Number number ? number.intValue() : 0;
        if (code == 410 || code == 429 || code >= 500) {
            version = null; // the place is forgotten, or a server that is just starting cannot serve it: read the state
            // anew
            return false;
        }
        throw new InvalidResponseException(
                "kubernetes watch " + what.kind().plural() + ": " + status.get("message") + " (" + status.get("reason")
                        + ")",
                null);
    }

    /** Pauses after a server could not be asked: what fails too often closes the way to it for everybody. */
    void restAfterFailure(Deadline deadline) {
        pause = pause.compareTo(AFTER_FAILURE) < 0 ? AFTER_FAILURE : pause;
        rest(deadline);
    }

    /** Pauses a little between two streams, longer while they bring nothing, so that a sick server is not hammered. */
    private void rest(Deadline deadline) {
        Duration now = pause.compareTo(deadline.left()) < 0 ? pause : deadline.left();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        try {
            context.sleeper().sleep(now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private MlPlatformException interrupted() {
        String plural = what.kind().plural();
        return new OperationInterruptedException("interrupted while watching " + what, plural, "");
    }

    /** Reads the lines of a stream, each bounded. */
    private static final class LineReader {
        private final InputStream in;
        private final byte[] buffer = new byte[16 << 10];
        private int from;
        private int to;

        LineReader(InputStream in) {
            this.in = in;
        }

        @Nullable
        String next() throws IOException {
            java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
            while (true) {
                if (from == to) {
                    from = 0;
                    to = Math.max(0, in.read(buffer));
                    if (to == 0) {
                        return line.size() == 0 ? null : line.toString(java.nio.charset.StandardCharsets.UTF_8);
                    }
                }
                int start = from;
                while (from < to && buffer[from] != '\n') {
                    from++;
                }
                line.write(buffer, start, from - start);
                if (from < to) {
                    from++;
                    return line.toString(java.nio.charset.StandardCharsets.UTF_8);
                }
                if (line.size() > Replies.MAX_JSON) {
                    throw new InvalidResponseException(
                            "a watch event is larger than " + Replies.MAX_JSON + " bytes", null);
                }
            }
        }
    }
}
