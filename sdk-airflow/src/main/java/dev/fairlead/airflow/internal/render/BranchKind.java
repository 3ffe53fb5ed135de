package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.BranchTask;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes choices. */
final class BranchKind implements TaskKind<BranchTask> {
    @Override
    public String operator(BranchTask task) {
        return "BranchPythonOperator";
    }

    @Override
    public void write(BranchTask task, Arguments out) {
        task.code().ifPresent(code -> Functions.write(out, "choose_", code, task.arguments()));
        task.choice().ifPresent(choice -> Functions.write(out, "choose_", "choice", choice, body(task, out)));
    }

    /** An id of a group stands before that of a task in it. */
    private static String body(BranchTask task, Arguments out) {
        Map<String, String> longer = new TreeMap<>();
        for (String choice : task.choices()) {
            String full = out.file().resolve(out.node(), choice);
            if (!full.equals(choice)) {
                longer.put(choice, full);
            }
        }
        if (longer.isEmpty()) {
            return "return choice";
        }
        String names = longer.entrySet().stream()
                .map(e -> Python.text(e.getKey()) + ": " + Python.text(e.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
        return "full_ids = " + names + "\n"
                + "chosen = [choice] if isinstance(choice, str) else choice\n"
                + "return [full_ids.get(c, c) for c in chosen]";
    }
}
