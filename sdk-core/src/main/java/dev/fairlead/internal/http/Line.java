package dev.fairlead.internal.http;

import dev.fairlead.config.CallOptions;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.internal.retry.RetryBudget;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.Repeat;
import dev.fairlead.spi.Reply;
import dev.fairlead.spi.ServiceErrors;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The line to one service: every call to it walks the same way, see {@link Walk}. Thread-safe; views made by {@link #with} share the
 * transport and the budget.
 */
public final class Line implements HttpCalls {
    /** A transfer has no time limit of its own: silence bounds it. */
    private static final Duration UNBOUNDED = Duration.ofDays(365);

    final LineContext context;
    final Service service;
    final CallOptions options;
    final URI origin;
    private final Map<String, String> headers;

    /** Creates a line. */
    public Line(LineContext context, Service service) {
        this(context, service, CallOptions.NONE);
    }

    private Line(LineContext context, Service service, CallOptions options) {
        this.context = context;
        this.service = service;
        this.options = options;
        this.origin = service.origin();
        this.headers = new LinkedHashMap<>(service.headers());
        headers.putAll(options.headers());
    }

    /**
     * What makes up one service's line.
     *
     * @param name the service's name
     * @param base its address, without a slash at the end
     * @param transport sends
     * @param credentials where its credentials come from
     * @param errors reads its refusals
     * @param timeout how long one call may take
     * @param retry how failed attempts are repeated
     * @param budget what all calls to it share for repeats
     * @param headers sent with every call
     */
    public record Service(
            String name,
            URI base,
            Transport transport,
            CredentialsProvider credentials,
            ServiceErrors errors,
            Duration timeout,
            RetryPolicy retry,
            RetryBudget budget,
            Map<String, String> headers) {
        /** Returns scheme, host and port: where credentials may go. */
        URI origin() {
            return URI.create(base.getScheme() + "://" + base.getRawAuthority());
        }
    }

    @Override
    public <T> T call(CallSpec<T> spec) {
        return call(spec, spec.transfer() ? Deadline.after(context.clock(), UNBOUNDED) : deadline());
    }

    @Override
    public <T> T call(CallSpec<T> spec, Deadline deadline) {
        return new Walk<>(this, spec, spec.transfer(), deadline, reply -> {
                    try (reply) {
                        return spec.decoder().decode(reply);
                    }
                })
                .run();
    }

    @Override
    public Reply open(CallSpec<?> spec, Deadline deadline) {
        return openTyped(spec, deadline);
    }

    private <T> Reply openTyped(CallSpec<T> spec, Deadline deadline) {
        CallSpec<Reply> stream = new CallSpec<>(
                spec.operation(),
                spec.method(),
                spec.path(),
                spec.headers(),
                spec.body(),
                spec.repeat() instanceof Repeat.Safe<T> ? Repeat.safe() : Repeat.onlyIfRefused(),
                reply -> reply,
                true,
                spec.anonymous(),
                spec.idle());
        return new Walk<>(this, stream, true, deadline, reply -> reply).run();
    }

    @Override
    public HttpCalls with(CallOptions more) {
        return new Line(context, service, more.over(options));
    }

    @Override
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    @Override
    public URI baseUri() {
        return service.base();
    }

    @Override
    public Deadline deadline() {
        return Deadline.after(context.clock(), options.callTimeout().orElse(service.timeout()));
    }

    RetryPolicy policy() {
        return options.retry().orElse(service.retry());
    }

    @Override
    public String toString() {
        return "Line[" + service.name() + " " + service.base() + "]";
    }
}
