package dev.fairlead.airflow.internal.surface;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.ServerInfo;
import dev.fairlead.airflow.internal.ServerProbe;
import dev.fairlead.airflow.internal.rest.RestCalls;
import dev.fairlead.airflow.internal.rest.Values;
import dev.fairlead.error.CallDetails;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Repeat;
import dev.fairlead.spi.Replies;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls of an area, on the line of its client. Knows the server's generation, and what it is too old for. */
public final class Surface {
    static final JsonCodec JSON = JsonCodec.snakeCase();
    private static final int NO_CONTENT = 204;

    /** Reads an object field by field. */
    static final Decoder<Map<String, Object>> TREE = reply -> {
        byte[] json = reply.status() == NO_CONTENT ? new byte[0] : Replies.json(reply, Replies.MAX_JSON);
        return json.length == 0
                ? Map.of()
                : JSON.object(json, "the answer of " + reply.uri().getPath());
    };

    private final HttpCalls calls;
    private final Supplier<ServerInfo> server;
    private final PlatformSpi platform;

    /** Creates the calls; {@code server} asks the server what it is, once. */
    public Surface(HttpCalls calls, Supplier<ServerInfo> server, PlatformSpi platform) {
        this.calls = calls;
        this.server = server;
        this.platform = platform;
    }

    /** The pages of both generations. */
    private static final class Lists extends RestCalls {
        Lists(HttpCalls calls, String root) {
            super(calls, root);
        }

        <W, R, T> PagedIterable<T> of(
                String operation,
                Supplier<CallSpec.Builder<W>> spec,
                Function<W, @Nullable List<R>> rows,
                Function<W, @Nullable Integer> total,
                Function<R, T> read) {
            return paged(operation, spec, rows, total, read, null);
        }
    }

    PlatformSpi platform() {
        return platform;
    }

    HttpCalls calls() {
        return calls;
    }

    ServerInfo server() {
        return server.get();
    }

    /** Returns whether the server is an Airflow 3. */
    boolean three() {
        return server.get().atLeast(3, 0);
    }

    /** Returns the path of the REST API that the server speaks. */
    String root() {
        return three() ? "/api/v2" : "/api/v1";
    }

    String dag(String dagId) {
        return root() + "/dags/" + CallSpec.encode(dagId);
    }

    String run(String dagId, String runId) {
        return dag(dagId) + "/dagRuns/" + CallSpec.encode(runId);
    }

    String task(String dagId, String runId, String taskId) {
        return run(dagId, runId) + "/taskInstances/" + CallSpec.encode(taskId);
    }

    /** Returns when the server is of a version or later; else throws before anything is sent. */
    void require(String feature, int major, int minor) {
        ServerInfo info = server.get();
        if (!info.atLeast(major, minor)) {
            throw ServerProbe.lacks(calls.baseUri(), info, feature, major + "." + minor);
        }
    }

    CallDetails details(String operation, String method, String path, int status, String reason) {
        URI uri = URI.create(calls.baseUri().toString().replaceAll("/$", "") + path);
        return new CallDetails("airflow", operation, method, uri, status, "", reason, List.of(), 1, null);
    }

    <T> CallSpec.Builder<T> get(String operation, String path, Class<T> type) {
        return CallSpec.get(operation, path, Decoder.json(JSON, type));
    }

    Map<String, Object> tree(String operation, String path) {
        return calls.call(CallSpec.get(operation, path, TREE).build());
    }

    <T> T call(CallSpec.Builder<T> spec) {
        return calls.call(spec.build());
    }

    /** Calls within the earlier of the line's own limit and the waiter's. */
    <T> T call(CallSpec.Builder<T> spec, Deadline waiter) {
        Deadline own = calls.deadline();
        return calls.call(spec.build(), waiter.left().compareTo(own.left()) < 0 ? waiter : own);
    }

    <T> CallSpec.Builder<T> send(String operation, String method, String path, @Nullable Object body, Decoder<T> as) {
        return CallSpec.of(operation, method, path, body == null ? null : Body.json(JSON.write(body)), as);
    }

    <T> CallSpec.Builder<T> send(String operation, String method, String path, @Nullable Object body, Class<T> as) {
        return send(operation, method, path, body, Decoder.json(JSON, as));
    }

    /** Makes what has a key: a lost answer is looked for by it, and taken for ours if it is what we sent. */
    Map<String, Object> create(
            String operation, String path, Map<String, Object> body, Supplier<Optional<Map<String, Object>>> find) {
        return call(send(operation, "POST", path, body, TREE)
                .repeat(Repeat.reconcile(deadline -> find.get()
                        .filter(now -> Difference.of(body, now).changed().isEmpty()))));
    }

    /** Deletes; returns whether it was there. */
    boolean delete(String operation, String path) {
        try {
            call(send(operation, "DELETE", path, null, Decoder.nothing()).repeatable());
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    static <T> Optional<T> found(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    <W, R, T> PagedIterable<T> paged(
            String operation,
            Supplier<CallSpec.Builder<W>> spec,
            Function<W, @Nullable List<R>> rows,
            Function<W, @Nullable Integer> total,
            Function<R, T> read) {
        return new Lists(calls, root()).of(operation, spec, rows, total, read);
    }

    static <T> List<T> list(@Nullable List<T> list) {
        return Values.list(list);
    }

    static <K, V> Map<K, V> map(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    static int number(@Nullable Integer number) {
        return Objects.requireNonNullElse(number, 0);
    }

    static <T> T required(@Nullable T value, String field) {
        return Values.required(value, field);
    }

    static @Nullable Instant instant(@Nullable String text) {
        return Values.instant(text).orElse(null);
    }

    /** Reads a time that is always there. */
    static Instant time(@Nullable String text) {
        return Values.instant(text).orElse(Instant.EPOCH);
    }
}
