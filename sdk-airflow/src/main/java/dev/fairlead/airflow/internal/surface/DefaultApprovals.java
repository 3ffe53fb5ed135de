package dev.fairlead.airflow.internal.surface;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.AlreadyAnsweredException;
import dev.fairlead.airflow.Approval;
import dev.fairlead.airflow.ApprovalAnswer;
import dev.fairlead.airflow.Approvals;
import dev.fairlead.airflow.internal.rest.Trees;
import dev.fairlead.airflow.internal.wire.ApprovalWire;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.Repeat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What runs ask people, on the server. */
public final class DefaultApprovals implements Approvals {
    private static final String ANY = "~";

    private final Surface surface;

    /** Creates the area. */
    public DefaultApprovals(Surface surface) {
        this.surface = surface;
    }

    @Override
    public PagedIterable<Approval> pending() {
        return listing(ANY, ANY, false);
    }

    @Override
    public PagedIterable<Approval> pending(String dagId) {
        return listing(dagId, ANY, false);
    }

    @Override
    public PagedIterable<Approval> list(String dagId, String runId) {
        return listing(dagId, runId, null);
    }

    private PagedIterable<Approval> listing(String dagId, String runId, @Nullable Boolean answered) {
        require();
        return surface.paged(
                "hitlDetails/list",
                () -> surface.get(
                                "hitlDetails/list",
                                surface.run(dagId, runId) + "/hitlDetails",
                                ApprovalWire.Details.class)
                        .query("order_by", "created_at")
                        .query("response_received", answered),
                ApprovalWire.Details::hitlDetails,
                ApprovalWire.Details::totalEntries,
                DefaultApprovals::value);
    }

    private void require() {
        surface.require("questions to people", 3, 1);
    }

    private String path(String dagId, String runId, String taskId, int mapIndex) {
        return surface.task(dagId, runId, taskId) + "/" + mapIndex + "/hitlDetails";
    }

    @Override
    public Optional<Approval> find(String dagId, String runId, String taskId, int mapIndex) {
        require();
        return Surface.found(() -> value(detail(path(dagId, runId, taskId, mapIndex))));
    }

    @Override
    public Optional<Approval> find(String dagId, String runId, String taskId, int mapIndex, int tryNumber) {
        surface.require("questions of earlier tries", 3, 2);
        return Surface.found(() -> value(detail(path(dagId, runId, taskId, mapIndex) + "/tries/" + tryNumber)));
    }

    private ApprovalWire.Detail detail(String path) {
        return surface.call(surface.get("hitlDetails/get", path, ApprovalWire.Detail.class));
    }

    @Override
    public ApprovalAnswer answer(Approval approval, List<String> options, Map<String, ?> params) {
        check(approval, options, params);
        require();
        String path = path(approval.dagId(), approval.runId(), approval.taskId(), approval.mapIndex());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("chosen_options", List.copyOf(options));
        body.put("params_input", params);
        try {
            CallSpec.Builder<ApprovalWire.Answer> call =
                    surface.send("hitlDetails/answer", "PATCH", path, body, ApprovalWire.Answer.class);
            ApprovalWire.Answer wire = surface.call(call.repeat(Repeat.reconcile(deadline -> Optional.of(detail(path))
                    .filter(now -> isOurs(now, options, params))
                    .map(now -> new ApprovalWire.Answer(
                            now.respondedByUser(), now.respondedAt(), now.chosenOptions(), now.paramsInput())))));
            return new ApprovalAnswer(
                    Surface.list(wire.chosenOptions()),
                    Surface.map(wire.paramsInput()),
                    name(wire.respondedBy()),
                    Surface.instant(wire.respondedAt()));
        } catch (ConflictException e) {
            Approval now = value(detail(path));
            throw new AlreadyAnsweredException(
                    e.details()
                            .withReason(now.answer()
                                    .map(a -> (a.by().isEmpty() ? "somebody" : a.by()) + " has answered "
                                            + String.join(", ", a.chosen()) + " already")
                                    .orElse(e.details().reason())),
                    "an answer holds; run the task again to ask again",
                    now);
        }
    }

    private static boolean isOurs(ApprovalWire.Detail now, List<String> options, Map<String, ?> params) {
        Map<String, Object> sent = Surface.JSON.object(Surface.JSON.write(params), "the values given along");
        return Boolean.TRUE.equals(now.responseReceived())
                && Surface.list(now.chosenOptions()).equals(options)
                && Trees.same(Surface.map(now.paramsInput()), sent);
    }

    private static void check(Approval approval, List<String> options, Map<String, ?> params) {
        Problems.check("answer", (Problems.Checked) at -> {
            at.require(!options.isEmpty(), "options", "must be at least one of " + approval.options(), options);
            at.require(
                    approval.multiple() || options.size() <= 1,
                    "options",
                    "must be one, no more may be chosen",
                    options);
            for (String option : options) {
                at.require(
                        approval.options().contains(option),
                        "options",
                        "must be of those offered, which are " + approval.options(),
                        option);
            }
            for (String name : params.keySet()) {
                at.require(
                        approval.params().containsKey(name),
                        "params",
                        "must be of those asked for, which are "
                                + approval.params().keySet(),
                        name);
            }
        });
    }

    private static Approval value(ApprovalWire.Detail wire) {
        Wire.Task task = wire.taskInstance();
        if (task == null) {
            throw new InvalidResponseException("airflow's answer has no task_instance", null);
        }
        Map<String, Object> params = new LinkedHashMap<>();
        Surface.map(wire.params()).forEach((name, value) -> params.put(name, plain(value)));
        boolean answered = Boolean.TRUE.equals(wire.responseReceived()) || wire.respondedAt() != null;
        return new Approval(
                Surface.required(task.dagId(), "dag_id"),
                Surface.required(task.dagRunId(), "dag_run_id"),
                Surface.required(task.taskId(), "task_id"),
                Objects.requireNonNullElse(task.mapIndex(), -1),
                Surface.text(wire.subject()),
                Surface.text(wire.body()),
                Surface.list(wire.options()),
                Surface.list(wire.defaults()),
                Boolean.TRUE.equals(wire.multiple()),
                params,
                Surface.list(wire.assignedUsers()).stream()
                        .map(u -> Surface.text(u.id()))
                        .toList(),
                Surface.instant(wire.createdAt()),
                answered
                        ? new ApprovalAnswer(
                                Surface.list(wire.chosenOptions()),
                                Surface.map(wire.paramsInput()),
                                name(wire.respondedByUser()),
                                Surface.instant(wire.respondedAt()))
                        : null);
    }

    /** A value comes with its schema. */
    @SuppressWarnings("NullAway") // a value may be null
    private static @Nullable Object plain(@Nullable Object param) {
        return param instanceof Map<?, ?> map && map.containsKey("schema") ? map.get("value") : param;
    }

    private static String name(ApprovalWire.@Nullable User user) {
        return user == null ? "" : Objects.requireNonNullElse(user.name(), Surface.text(user.id()));
    }
}
