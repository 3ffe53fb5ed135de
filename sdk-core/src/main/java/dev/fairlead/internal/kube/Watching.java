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
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one object until a condition holds: reads its state, follows its changes from there, takes up again where the stream broke, and
 * reads anew when the server has forgotten that place.
 */
final class Watching {
    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final HttpCalls line;
    private final LineContext context;
    private final Kind kind;
    private final String namespace;
    private final String name;
    private final Predicate<@Nullable Map<String, Object>> condition;
    private final Deadline deadline;
    private @Nullable String version;
    private Duration pause = FIRST_PAUSE;

    Watching(
            HttpCalls line,
            LineContext context,
            Kind kind,
            String namespace,
            String name,
            Predicate<@Nullable Map<String, Object>> condition,
            Deadline deadline) {
        this.line = line;
        this.context = context;
        this.kind = kind;
        this.namespace = namespace;
        this.name = name;
        this.condition = condition;
        this.deadline = deadline;
    }

    boolean run() {
        while (!deadline.passed()) {
            if (version == null && condition.test(read())) {
                return true;
            }
            try {
                if (follow()) {
                    return true;
                }
            } catch (NotFoundException e) {
                if (e.status() != 410) {
                    throw e;
                }
                version = null; // the server has forgotten our place: read the state anew
            }
        }
        return false;
    }

    private @Nullable Map<String, Object> read() {
        Map<String, Object> list = line.call(
                CallSpec.get("watch " + kind.plural(), KubePaths.collection(kind, namespace), object())
                        .query("fieldSelector", "metadata.name=" + name)
                        .build(),
                deadline.atMost(line.deadline().left()));
        version = KubeCalls.text(KubeCalls.metadata(list).get("resourceVersion"));
        List<Map<String, Object>> items = KubeCalls.items(list);
        return items.isEmpty() ? null : KubeCalls.named(kind, items.get(0));
    }

    private static Decoder<Map<String, Object>> object() {
        return reply -> JsonCodec.camelCase().object(Replies.json(reply, Replies.MAX_JSON), "Kubernetes list");
    }

    /** Follows one stream to its end; returns whether the condition held. */
    private boolean follow() {
        CallSpec<Void> spec = CallSpec.get(
                        "watch " + kind.plural(), KubePaths.collection(kind, namespace), Decoder.nothing())
                .query("fieldSelector", "metadata.name=" + name)
                .query("watch", true)
                .query("allowWatchBookmarks", true)
                .query("resourceVersion", version)
                .query("timeoutSeconds", Math.max(1, seconds()))
                .build();
        try (Reply reply = line.open(spec, deadline)) {
            LineReader lines = new LineReader(reply.body());
            for (String text = lines.next(); text != null; text = lines.next()) {
                pause = FIRST_PAUSE;
                if (event(text)) {
                    return true;
                }
                if (version == null) {
                    return false;
                }
            }
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
            LOG.debug("the watch of {} {} broke and is taken up at {}", kind.kind(), name, version, e);
        }
        rest();
        return false;
    }

    private long seconds() {
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
        version = KubeCalls.text(KubeCalls.metadata(object).get("resourceVersion"));
        return switch (type) {
            case "ADDED", "MODIFIED" -> condition.test(object);
            case "DELETED" -> condition.test(null);
            default -> false; // a bookmark moves our place, nothing else
        };
    }

    private boolean error(Map<String, Object> status) {
        if (String.valueOf(status.get("code")).equals("410")) {
            version = null;
            return false;
        }
        throw new InvalidResponseException(
                "kubernetes watch " + kind.plural() + ": " + status.get("message") + " (" + status.get("reason") + ")",
                null);
    }

    /** Pauses a little between two streams, longer while they bring nothing, so that a sick server is not hammered. */
    private void rest() {
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
        return new OperationInterruptedException(
                "interrupted while watching " + kind.kind() + " " + name, kind.plural() + "/" + name, "");
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
