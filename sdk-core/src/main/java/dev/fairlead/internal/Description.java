package dev.fairlead.internal;

import dev.fairlead.config.Endpoint;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.config.Timeouts;
import dev.fairlead.internal.config.Keys;
import dev.fairlead.internal.config.ServiceEndpoint;
import dev.fairlead.internal.config.Settings;
import dev.fairlead.internal.config.Settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes {@code describe()}: each setting, its value with secrets as {@code ***}, and the source that set it. */
final class Description {
    private Description() {}

    /**
     * One line.
     *
     * @param name what is set
     * @param value to what
     * @param source by whom
     */
    record Row(String name, String value, String source) {}

    static String of(
            PlatformBuilder given, Settings settings, RetryPolicy retry, Timeouts timeouts, ClusterSide cluster) {
        List<Row> rows = new ArrayList<>();
        for (String service : Keys.SERVICES) {
            service(service, Optional.ofNullable(given.endpoints.get(service)), settings, rows);
        }
        rows.addAll(cluster.describe());
        String retrySource = source(given.retry != null, "retry.", settings);
        rows.add(new Row(
                "retry",
                retry.maxAttempts() + " attempts, pauses " + retry.base().toMillis() + " ms to "
                        + retry.longest().toMillis() + " ms, budget " + retry.budget(),
                retrySource));
        rows.add(new Row(
                "timeouts",
                "connect " + timeouts.connect().toMillis() + " ms, call "
                        + timeouts.call().toMillis() + " ms, idle "
                        + timeouts.idle().toMillis() + " ms",
                source(given.timeouts != null, "timeouts.", settings)));
        return table(rows);
    }

    private static void service(String service, Optional<Endpoint> given, Settings settings, List<Row> rows) {
        ServiceEndpoint endpoint = ServiceEndpoint.of(service, given, settings);
        if (endpoint.endpoint().uri().isEmpty()) {
            rows.add(new Row(service, "not set", ""));
            return;
        }
        rows.add(new Row(
                service + ".uri",
                endpoint.endpoint().uri().get().toString(),
                given.flatMap(Endpoint::uri).isPresent() ? "builder" : found(settings, service + ".uri")));
        rows.add(new Row(
                service + " credentials",
                endpoint.credentials().provider().describe(),
                endpoint.credentials().source()));
        for (String key : Keys.names()) {
            if (key.startsWith(service + ".")
                    && !List.of("uri", "token", "username", "password").contains(key.substring(service.length() + 1))) {
                settings.find(key).ifPresent(s -> rows.add(new Row(key, s.shown(), s.source())));
            }
        }
    }

    private static String found(Settings settings, String key) {
        return settings.find(key).map(Setting::source).orElse("");
    }

    private static String source(boolean byBuilder, String prefix, Settings settings) {
        if (byBuilder) {
            return "builder";
        }
        String sources = Keys.names().stream()
                .filter(k -> k.startsWith(prefix))
                .flatMap(k -> settings.find(k).stream())
                .map(s -> s.key() + " from " + s.source())
                .collect(Collectors.joining(", "));
        return sources.isEmpty() ? "default" : sources;
    }

    private static String table(List<Row> rows) {
        int names = rows.stream().mapToInt(r -> r.name().length()).max().orElse(0);
        int values = rows.stream().mapToInt(r -> r.value().length()).max().orElse(0);
        return rows.stream()
                .map(r -> (pad(r.name(), names) + "  " + pad(r.value(), values) + "  " + r.source()).stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
