package dev.fairlead.seldon;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Is a setting of Seldon's for a whole deployment that it keeps as an annotation, with the type the annotation has not.
 *
 * @param <T> the type
 */
public final class SeldonSetting<T> {
    /** Puts the orchestrator into a pod of its own. */
    public static final SeldonSetting<Boolean> ENGINE_SEPARATE_POD = flag("engine-separate-pod");

    /** Makes Services without an address of their own. */
    public static final SeldonSetting<Boolean> HEADLESS_SERVICE = new SeldonSetting<>(
            "headless-svc",
            b -> b.toString(),
            SeldonSetting::readFlag,
            b -> true,
            "must be 'true' or 'false': the operator takes all but 'false' for true");

    /** Leaves fetching the model to the server: Triton reads buckets itself. */
    public static final SeldonSetting<Boolean> NO_STORAGE_INITIALIZER = flag("no-storage-initializer");

    /** How many payloads the logger keeps waiting. */
    public static final SeldonSetting<Integer> LOGGER_QUEUE_SIZE = number("executor-logger-queue-size");

    /** How long the logger waits for a place in its queue, in milliseconds. */
    public static final SeldonSetting<Duration> LOGGER_WRITE_TIMEOUT = millis("executor-logger-write-timeout-ms");

    /** How long a REST call may take, in milliseconds. */
    public static final SeldonSetting<Duration> REST_TIMEOUT = millis("rest-timeout");

    /** How long a gRPC call may take, in milliseconds. */
    public static final SeldonSetting<Duration> GRPC_TIMEOUT = millis("grpc-timeout");

    /** The largest gRPC message, in bytes. */
    public static final SeldonSetting<Integer> GRPC_MAX_MESSAGE_SIZE = number("grpc-max-message-size");

    /** The Istio gateway. */
    public static final SeldonSetting<String> ISTIO_GATEWAY = text("istio-gateway");

    /** The host that Istio's route is for. */
    public static final SeldonSetting<String> ISTIO_HOST = text("istio-host");

    /** How often Istio repeats a call, each within {@link #ISTIO_RETRIES_TIMEOUT}, which is 1 s by default. */
    public static final SeldonSetting<Integer> ISTIO_RETRIES = number("istio-retries");

    /** How long each of Istio's attempts may take, in whole seconds. */
    public static final SeldonSetting<Duration> ISTIO_RETRIES_TIMEOUT = new SeldonSetting<>(
            "istio-retries-timeout",
            d -> Long.toString(d.toSeconds()),
            t -> Duration.ofSeconds(Long.parseLong(t)),
            d -> d.toSeconds() >= 1 && d.toMillis() % 1000 == 0,
            "must be whole seconds, at least 1");

    /** Ambassador's configuration, replacing what the operator would write. */
    public static final SeldonSetting<String> AMBASSADOR_CONFIG = text("ambassador-config");

    /** The service name in Ambassador's paths. */
    public static final SeldonSetting<String> AMBASSADOR_SERVICE_NAME = text("ambassador-service-name");

    /** The header Ambassador must see. */
    public static final SeldonSetting<String> AMBASSADOR_HEADER = text("ambassador-header");

    /** The header Ambassador must see, by regular expression; Ambassador v2 with Seldon 1 breaks on it. */
    public static final SeldonSetting<String> AMBASSADOR_REGEX_HEADER = text("ambassador-regex-header");

    /** The id of the Ambassador that is meant. */
    public static final SeldonSetting<String> AMBASSADOR_ID = text("ambassador-id");

    /** How often Ambassador repeats a call. */
    public static final SeldonSetting<Integer> AMBASSADOR_RETRIES = number("ambassador-retries");

    /** How many connections Ambassador opens before its circuit breaker does. */
    public static final SeldonSetting<Integer> AMBASSADOR_MAX_CONNECTIONS =
            number("ambassador-circuit-breakers-max-connections");

    /** How many requests Ambassador lets wait before its circuit breaker opens. */
    public static final SeldonSetting<Integer> AMBASSADOR_MAX_PENDING_REQUESTS =
            number("ambassador-circuit-breakers-max-pending-requests");

    /** How many requests Ambassador sends at once before its circuit breaker opens. */
    public static final SeldonSetting<Integer> AMBASSADOR_MAX_REQUESTS =
            number("ambassador-circuit-breakers-max-requests");

    /** How many repeats Ambassador sends at once before its circuit breaker opens. */
    public static final SeldonSetting<Integer> AMBASSADOR_MAX_RETRIES =
            number("ambassador-circuit-breakers-max-retries");

    private static final List<SeldonSetting<?>> ALL = List.of(
            ENGINE_SEPARATE_POD,
            HEADLESS_SERVICE,
            NO_STORAGE_INITIALIZER,
            LOGGER_QUEUE_SIZE,
            LOGGER_WRITE_TIMEOUT,
            REST_TIMEOUT,
            GRPC_TIMEOUT,
            GRPC_MAX_MESSAGE_SIZE,
            ISTIO_GATEWAY,
            ISTIO_HOST,
            ISTIO_RETRIES,
            ISTIO_RETRIES_TIMEOUT,
            AMBASSADOR_CONFIG,
            AMBASSADOR_SERVICE_NAME,
            AMBASSADOR_HEADER,
            AMBASSADOR_REGEX_HEADER,
            AMBASSADOR_ID,
            AMBASSADOR_RETRIES,
            AMBASSADOR_MAX_CONNECTIONS,
            AMBASSADOR_MAX_PENDING_REQUESTS,
            AMBASSADOR_MAX_REQUESTS,
            AMBASSADOR_MAX_RETRIES);

    private final String key;
    private final Function<T, String> write;
    private final Function<String, T> read;
    private final Predicate<T> sound;
    private final String rule;

    private SeldonSetting(
            String name, Function<T, String> write, Function<String, T> read, Predicate<T> sound, String rule) {
        this.key = "seldon.io/" + name;
        this.write = write;
        this.read = read;
        this.sound = sound;
        this.rule = rule;
    }

    private static SeldonSetting<Boolean> flag(String name) {
        return new SeldonSetting<>(
                name, b -> b.toString(), SeldonSetting::readFlag, b -> true, "must be 'true' or 'false'");
    }

    private static Boolean readFlag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return Boolean.valueOf(text);
    }

    private static SeldonSetting<Integer> number(String name) {
        return new SeldonSetting<>(
                name, n -> n.toString(), Integer::valueOf, n -> n >= 0, "must be a whole number, not negative");
    }

    private static SeldonSetting<Duration> millis(String name) {
        return new SeldonSetting<>(
                name,
                d -> Long.toString(d.toMillis()),
                t -> Duration.ofMillis(Long.parseLong(t)),
                d -> d.toMillis() >= 1,
                "must be a whole number of milliseconds, at least 1");
    }

    private static SeldonSetting<String> text(String name) {
        return new SeldonSetting<>(name, t -> t, t -> t, t -> !t.isBlank(), "must not be blank");
    }

    /** Returns the annotation that becomes a variable of the orchestrator. */
    static String engineEnvKey(String name) {
        return "seldon.io/engine-" + name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns every setting we know. */
    public static List<SeldonSetting<?>> known() {
        return ALL;
    }

    /** Returns the annotation's key, such as {@code seldon.io/rest-timeout}. */
    public String key() {
        return key;
    }

    /** Writes a value as the annotation holds it. */
    String text(T value) {
        return write.apply(value);
    }

    /** Reads the annotation; empty where it holds something else. */
    Optional<T> value(String text) {
        try {
            return Optional.of(read.apply(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Tells whether the operator can work with what the annotation holds. */
    boolean accepts(String text) {
        return value(text).filter(sound).isPresent();
    }

    String rule() {
        return rule;
    }

    @Override
    public String toString() {
        return key;
    }
}
