package dev.fairlead.testing.internal.airflow;

import java.util.Collection;
import java.util.Optional;

/** Decides, from the ends of the tasks before it, whether a task starts, waits, or ends without running. */
final class TriggerRules {
    private TriggerRules() {}

    /** Returns {@code start}, the state in which the task ends unrun, or empty while it waits. */
    static Optional<String> decide(String rule, Collection<TaskRow> upstream) {
        long all = upstream.size();
        long good = count(upstream, "success");
        long skipped = count(upstream, "skipped");
        long failed = count(upstream, "failed") + count(upstream, "upstream_failed");
        boolean done = upstream.stream().allMatch(TaskRow::ended);
        if (all == 0 || rule.equals("always")) {
            return Optional.of("start");
        }
        return switch (rule) {
            case "all_done" -> when(done);
            case "one_success" ->
                good > 0 ? when(true) : done ? Optional.of(failed > 0 ? "upstream_failed" : "skipped") : when(false);
            case "one_failed" -> failed > 0 ? when(true) : done ? Optional.of("skipped") : when(false);
            case "one_done" -> good + failed > 0 ? when(true) : done ? Optional.of("skipped") : when(false);
            case "all_failed" -> good + skipped > 0 ? Optional.of("skipped") : when(done);
            case "all_skipped" -> good + failed > 0 ? Optional.of("skipped") : when(done);
            case "none_skipped" -> skipped > 0 ? Optional.of("skipped") : when(done);
            case "none_failed" -> failed > 0 ? Optional.of("upstream_failed") : when(done);
            case "none_failed_min_one_success" ->
                failed > 0 ? Optional.of("upstream_failed") : done && good == 0 ? Optional.of("skipped") : when(done);
            case "all_done_min_one_success" ->
                done && good == 0 ? Optional.of(failed > 0 ? "upstream_failed" : "skipped") : when(done);
            default -> failed > 0 ? Optional.of("upstream_failed") : skipped > 0 ? Optional.of("skipped") : when(done);
        };
    }

    private static Optional<String> when(boolean ready) {
        return ready ? Optional.of("start") : Optional.empty();
    }

    private static long count(Collection<TaskRow> tasks, String state) {
        return tasks.stream().filter(t -> t.is(state)).count();
    }
}
