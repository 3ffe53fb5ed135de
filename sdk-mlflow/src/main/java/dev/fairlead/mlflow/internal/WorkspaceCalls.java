package dev.fairlead.mlflow.internal;

import dev.fairlead.config.CallOptions;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.Reply;
import java.net.URI;
import java.util.Map;

/**
 * Makes calls in a workspace. The server is asked first whether it has workspaces: one that has none answers 500, and MLflow 2 would not
 * even look at the header and mix everything up.
 */
final class WorkspaceCalls implements HttpCalls {
    static final String HEADER = "X-MLFLOW-WORKSPACE";

    private final HttpCalls outside;
    private final String workspace;
    private final Capabilities capabilities;
    private final HttpCalls inside;

    WorkspaceCalls(HttpCalls outside, String workspace, Capabilities capabilities) {
        this.outside = outside;
        this.workspace = workspace;
        this.capabilities = capabilities;
        this.inside = outside.with(CallOptions.NONE.header(HEADER, workspace));
    }

    private HttpCalls checked() {
        capabilities.requireWorkspaces(outside);
        return inside;
    }

    @Override
    public <T> T call(CallSpec<T> spec) {
        return checked().call(spec);
    }

    @Override
    public <T> T call(CallSpec<T> spec, Deadline deadline) {
        return checked().call(spec, deadline);
    }

    @Override
    public Reply open(CallSpec<?> spec, Deadline deadline) {
        return checked().open(spec, deadline);
    }

    @Override
    public HttpCalls with(CallOptions options) {
        return new WorkspaceCalls(outside.with(options), workspace, capabilities);
    }

    @Override
    public Map<String, String> headers() {
        return inside.headers();
    }

    @Override
    public URI baseUri() {
        return outside.baseUri();
    }

    @Override
    public Deadline deadline() {
        return outside.deadline();
    }
}
