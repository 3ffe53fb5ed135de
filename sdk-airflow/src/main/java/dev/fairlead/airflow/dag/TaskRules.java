package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What holds for every task, and for ids. */
final class TaskRules {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern GROUP_ID = Pattern.compile("[A-Za-z0-9_-]+");
    private static final int MAX_GROUP_ID = 200;
    static final int MAX_ID = 250;
    private static final int MAX_POOL = 256;

    private TaskRules() {}

    static void checkId(Problems at, String field, @Nullable String id) {
        if (!at.requireText(field, id) || id == null) {
            return;
        }
        at.require(
                ID.matcher(id).matches(), field, "must be of ASCII letters, digits, dots, dashes and underscores", id);
        at.require(!id.equals(".") && !id.equals(".."), field, "must not be a path", id);
        at.require(id.length() <= MAX_ID, field, "must be at most " + MAX_ID + " characters", id);
    }

    static void check(Task task, Problems at) {
        checkId(at, "id", task.id());
        task.retries().ifPresent(n -> at.require(n >= 0, "retries", "must not be negative", n));
        positive(at, "retryDelay", task.retryDelay());
        positive(at, "executionTimeout", task.executionTimeout());
        task.pool().ifPresent(p -> {
            if (at.requireText("pool", p)) {
                at.require(p.length() <= MAX_POOL, "pool", "must be at most " + MAX_POOL + " characters", p);
                Texts.check(at, "pool", p);
            }
        });
        task.priorityWeight().ifPresent(w -> at.require(w >= 1, "priorityWeight", "must be at least 1", w));
        task.retryBackoff().ifPresent(f -> at.require(f > 1 && f <= 100, "retryBackoff", "must be more than 1", f));
        positive(at, "maxRetryDelay", task.maxRetryDelay());
        task.poolSlots().ifPresent(n -> at.require(n >= 1, "poolSlots", "must be at least 1", n));
        task.maxActive().ifPresent(n -> at.require(n >= 1, "maxActive", "must be at least 1", n));
        task.maxActivePerRun().ifPresent(n -> at.require(n >= 1, "maxActivePerRun", "must be at least 1", n));
        checkRole(task, at);
        AssetRules.check(at, "outlets", task.outlets());
        AssetRules.check(at, "inlets", task.inlets());
        CallbackRules.checkRetryRules(at, task.retryRules());
        CallbackRules.check(at, "onExecute", task.onExecute());
        CallbackRules.check(at, "onFailure", task.onFailure());
        CallbackRules.check(at, "onRetry", task.onRetry());
        CallbackRules.check(at, "onSuccess", task.onSuccess());
        task.executor().ifPresent(e -> {
            if (at.requireText("executor", e)) {
                Texts.check(at, "executor", e);
            }
        });
        task.queue().ifPresent(q -> {
            if (at.requireText("queue", q)) {
                Texts.check(at, "queue", q);
            }
        });
        task.doc().ifPresent(d -> Texts.check(at, "doc", d));
    }

    private static void checkRole(Task task, Problems at) {
        boolean teardown = task.role() == TaskRole.TEARDOWN;
        at.require(
                teardown || task.tearsDown().isEmpty(),
                "tearsDown",
                "must be empty unless the task is a teardown",
                task.tearsDown());
        at.require(
                !teardown || task.triggerRule() == TriggerRule.ALL_SUCCESS,
                "triggerRule",
                "must not be set for a teardown, whose rule is Airflow's own",
                task.triggerRule());
    }

    static void checkGroup(TaskGroup group, Problems at) {
        if (at.requireText("id", group.id())) {
            at.require(
                    GROUP_ID.matcher(group.id()).matches(),
                    "id",
                    "must be of ASCII letters, digits, dashes and underscores",
                    group.id());
            at.require(
                    group.id().length() <= MAX_GROUP_ID,
                    "id",
                    "must be at most " + MAX_GROUP_ID + " characters",
                    group.id());
        }
        group.tooltip().ifPresent(t -> Texts.check(at, "tooltip", t));
        at.require(!group.tasks().isEmpty() || !group.groups().isEmpty(), "tasks", "must hold a task or group", null);
    }

    static void positive(Problems at, String field, Optional<Duration> duration) {
        duration.ifPresent(d -> at.require(!d.isNegative() && !d.isZero(), field, "must be longer than zero", d));
    }
}
