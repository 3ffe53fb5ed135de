package dev.fairlead.airflow.internal.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pools, variables, connections, and many changes at once. What is compared field by field comes as a tree. */
public final class AdminWire {
    private AdminWire() {}

    public record Pool(
            @Nullable String name,
            @Nullable Integer slots,
            @Nullable String description,
            @Nullable Boolean includeDeferred,
            @Nullable Integer runningSlots,
            @Nullable Integer queuedSlots,
            @Nullable Integer scheduledSlots,
            @Nullable Integer deferredSlots,
            @Nullable Integer openSlots) {}

    public record Pools(
            @Nullable List<Map<String, Object>> pools,
            @Nullable Integer totalEntries) {}

    public record Variable(
            @Nullable String key,
            @Nullable String value,
            @Nullable String description,
            @Nullable Boolean isEncrypted) {}

    public record Variables(
            @Nullable List<Map<String, Object>> variables,
            @Nullable Integer totalEntries) {}

    public record Connection(
            @Nullable String connectionId,
            @Nullable String connType,
            @Nullable String description,
            @Nullable String host,
            @Nullable String login,
            @Nullable String schema,
            @Nullable Integer port,
            @Nullable String password,
            @Nullable String extra) {}

    public record Connections(
            @Nullable List<Map<String, Object>> connections,
            @Nullable Integer totalEntries) {}

    public record Test(@Nullable Boolean status, @Nullable String message) {}

    public record WorkerTest(
            @Nullable String token,
            @Nullable String state,
            @Nullable String resultMessage) {}

    public record Bulk(
            @Nullable Part create,
            @Nullable Part update,
            @Nullable Part delete) {}

    public record Part(
            @Nullable List<String> success, @Nullable List<Problem> errors) {}

    public record Problem(@Nullable String error, @Nullable Integer statusCode) {}
}
