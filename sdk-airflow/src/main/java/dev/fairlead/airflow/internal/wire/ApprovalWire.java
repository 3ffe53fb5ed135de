package dev.fairlead.airflow.internal.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What runs ask people. */
public final class ApprovalWire {
    private ApprovalWire() {}

    public record User(@Nullable String id, @Nullable String name) {}

    public record Detail(
            @Nullable List<String> options,
            @Nullable String subject,
            @Nullable String body,
            @Nullable List<String> defaults,
            @Nullable Boolean multiple,
            @Nullable Map<String, Object> params,
            @Nullable List<User> assignedUsers,
            @Nullable String createdAt,
            @Nullable User respondedByUser,
            @Nullable String respondedAt,
            @Nullable List<String> chosenOptions,
            @Nullable Map<String, Object> paramsInput,
            @Nullable Boolean responseReceived,
            Wire.@Nullable Task taskInstance) {}

    public record Details(
            @Nullable List<Detail> hitlDetails, @Nullable Integer totalEntries) {}

    public record Answer(
            @Nullable User respondedBy,
            @Nullable String respondedAt,
            @Nullable List<String> chosenOptions,
            @Nullable Map<String, Object> paramsInput) {}
}
