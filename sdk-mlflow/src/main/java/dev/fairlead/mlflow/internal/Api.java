package dev.fairlead.mlflow.internal;

import dev.fairlead.config.CallOptions;
import dev.fairlead.mlflow.ServerInfo;
import dev.fairlead.mlflow.internal.wire.ServerWire;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Repeat;
import java.net.URI;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of MLflow's REST API, each on core's line. */
public final class Api {
    /** Reads and writes the API's JSON. */
    public static final JsonCodec JSON = JsonCodec.snakeCase();

    private static final String ROOT = "/api/2.0/mlflow/";

    private final PlatformSpi platform;
    private final HttpCalls calls;
    private final Capabilities capabilities;
    private final Offers offers;

    Api(PlatformSpi platform, HttpCalls calls) {
        this(platform, calls, new Capabilities(), new Offers(platform.clock()));
    }

    private Api(PlatformSpi platform, HttpCalls calls, Capabilities capabilities, Offers offers) {
        this.offers = offers;
        this.platform = platform;
        this.calls = calls;
        this.capabilities = capabilities;
    }

    Api with(CallOptions options) {
        return new Api(platform, calls.with(options), capabilities, offers);
    }

    /** Returns the same calls, made in a workspace. */
    Api in(String workspace) {
        return new Api(platform, new WorkspaceCalls(calls, workspace, capabilities), capabilities, offers);
    }
    /** Returns whether the server is of a version or later; one that hides its version is taken for a current one. */
    public boolean atLeast(int major, int minor) {
        return capabilities.atLeast(calls, major, minor);
    }

    /** Returns when the server separates workspaces; asks it where that is not known yet. */
    public void requireWorkspaces() {
        capabilities.requireWorkspaces(calls);
    }
    /** Asks the server what it is. */
    ServerInfo server() {
        return capabilities.ask(calls);
    }

    /**
     * Returns when the server is of a version or later; asks it where that is not known yet.
     *
     * @param feature what is wanted, as the message names it, such as {@code logged models}
     * @param since the first version that has it, such as {@code 3.0}
     * @throws dev.fairlead.error.UnsupportedByServerException if it is older
     */
    public void require(String feature, String since) {
        capabilities.require(calls, feature, since);
    }

    /** Returns what is known of the server's offers for artifacts. */
    Offers offers() {
        return offers;
    }

    /** Returns the platform beneath. */
    public PlatformSpi platform() {
        return platform;
    }

    /** Returns the line to the server. */
    public HttpCalls calls() {
        return calls;
    }

    /** Returns the clock all times are taken from. */
    public Clock clock() {
        return platform.clock();
    }

    /** Returns the server's address. */
    public URI baseUri() {
        return calls.baseUri();
    }

    /** Reads; the consumer adds the query. */
    public <T> T get(String operation, Class<T> type, Consumer<CallSpec.Builder<T>> query) {
        return calls.call(read(operation, type, query));
    }

    /** Reads within a deadline that others share. */
    public <T> T get(String operation, Class<T> type, Consumer<CallSpec.Builder<T>> query, Deadline deadline) {
        return calls.call(read(operation, type, query), deadline);
    }

    private static <T> CallSpec<T> read(String operation, Class<T> type, Consumer<CallSpec.Builder<T>> query) {
        CallSpec.Builder<T> spec = CallSpec.get(operation, ROOT + operation, Decoder.json(JSON, type));
        query.accept(spec);
        return spec.build();
    }

    /** Searches by POST, which may be repeated. */
    <T> T search(String operation, Object body, Class<T> type) {
        return calls.call(searching(operation, body, type));
    }

    /** Searches within a deadline that others share. */
    <T> T search(String operation, Object body, Class<T> type, Deadline deadline) {
        return calls.call(searching(operation, body, type), deadline);
    }

    private static <T> CallSpec<T> searching(String operation, Object body, Class<T> type) {
        return post(operation, body, Decoder.json(JSON, type)).repeatable().build();
    }

    /** Writes what ends in the same state however often it is sent. */
    public void write(String operation, Object body) {
        calls.call(post(operation, body, Decoder.json(JSON, ServerWire.Empty.class))
                .repeatable()
                .build());
    }

    /** Writes a body that ends in the same state however often it is sent. */
    void write(String operation, Body body) {
        calls.call(CallSpec.post(operation, ROOT + operation, body, Decoder.json(JSON, ServerWire.Empty.class))
                .repeatable()
                .build());
    }

    /** Writes by another method than POST; MLflow reads a body with each. */
    public void write(String method, String operation, Object body, Repeat<ServerWire.Empty> repeat) {
        calls.call(
                CallSpec.of(operation, method, ROOT + operation, json(body), Decoder.json(JSON, ServerWire.Empty.class))
                        .repeat(repeat)
                        .build());
    }

    /** Writes within a deadline that others share. */
    void write(String method, String operation, Object body, Repeat<ServerWire.Empty> repeat, Deadline deadline) {
        calls.call(
                CallSpec.of(operation, method, ROOT + operation, json(body), Decoder.json(JSON, ServerWire.Empty.class))
                        .repeat(repeat)
                        .build(),
                deadline);
    }

    /** Writes by another method than POST, and reads the answer. */
    <T> T write(String method, String operation, Object body, Class<T> type, Repeat<T> repeat) {
        return calls.call(CallSpec.of(operation, method, ROOT + operation, json(body), Decoder.json(JSON, type))
                .repeat(repeat)
                .build());
    }

    /** Creates what a second sending would create again, unless the lookup finds it. */
    public <T> T create(String operation, Object body, Class<T> type, Repeat<T> repeat) {
        return calls.call(
                post(operation, body, Decoder.json(JSON, type)).repeat(repeat).build());
    }

    private static <T> CallSpec.Builder<T> post(String operation, @Nullable Object body, Decoder<T> decoder) {
        return CallSpec.post(operation, ROOT + operation, json(body), decoder);
    }

    private static Body json(@Nullable Object body) {
        return Body.json(JSON.write(body));
    }

    /**
     * Starts a call whose path has variables or another version than 2.0; what may be repeated is for the caller to say.
     *
     * @param operation names it, a fixed text
     * @param path the path below {@code /api/}, encoded, such as {@code 3.0/mlflow/traces/tr-1}
     */
    public <T> CallSpec.Builder<T> call(
            String operation, String method, String path, @Nullable Object body, Class<T> type) {
        return CallSpec.of(
                operation, method, "/api/" + path, body == null ? null : json(body), Decoder.json(JSON, type));
    }

    /** Sends a call. */
    public <T> T send(CallSpec.Builder<T> call) {
        return calls.call(call.build());
    }
}
