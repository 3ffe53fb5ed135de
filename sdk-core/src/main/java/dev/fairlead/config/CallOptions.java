package dev.fairlead.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Overrides what one view of a client does; what is not set stays as the client has it.
 *
 * @param timeout how long one call may take, or {@code null}
 * @param retryPolicy how failed attempts are repeated, or {@code null}; the budget stays that of the service
 * @param headers headers added to each call
 */
public record CallOptions(
        @Nullable Duration timeout, @Nullable RetryPolicy retryPolicy, Map<String, String> headers) {
    /** Changes nothing. */
    public static final CallOptions NONE = new CallOptions(null, null, Map.of());

    /** Copies the headers. */
    public CallOptions {
        if (timeout != null) {
            Limits.positive("timeout", timeout);
        }
        headers = Map.copyOf(headers);
    }

    /** Bounds each call of the view, with all its attempts. */
    public CallOptions timeout(Duration limit) {
        return new CallOptions(limit, retryPolicy, headers);
    }

    /** Sets how failed attempts are repeated. */
    public CallOptions retry(UnaryOperator<RetryPolicy> change) {
        return new CallOptions(timeout, change.apply(retryPolicy == null ? RetryPolicy.DEFAULT : retryPolicy), headers);
    }

    /** Adds a header to each call of the view. */
    public CallOptions header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new CallOptions(timeout, retryPolicy, more);
    }

    /** Returns the time limit, if set. */
    public Optional<Duration> callTimeout() {
        return Optional.ofNullable(timeout);
    }

    /** Returns the retry policy, if set. */
    public Optional<RetryPolicy> retry() {
        return Optional.ofNullable(retryPolicy);
    }

    /** Returns these options on top of others. */
    public CallOptions over(CallOptions below) {
        Map<String, String> all = new LinkedHashMap<>(below.headers);
        all.putAll(headers);
        return new CallOptions(
                timeout != null ? timeout : below.timeout, retryPolicy != null ? retryPolicy : below.retryPolicy, all);
    }
}
