package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What holds for every task, and for ids. */
final class TaskRules {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final int MAX_ID = 250;
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
        task.queue().ifPresent(q -> {
            if (at.requireText("queue", q)) {
                Texts.check(at, "queue", q);
            }
        });
        task.doc().ifPresent(d -> Texts.check(at, "doc", d));
    }

    static void positive(Problems at, String field, Optional<Duration> duration) {
        duration.ifPresent(d -> at.require(!d.isNegative() && !d.isZero(), field, "must be longer than zero", d));
    }
}
