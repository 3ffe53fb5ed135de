package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds for what people are asked. */
final class ApprovalTaskRules {
    private static final List<String> APPROVAL = List.of("Approve", "Reject");

    private ApprovalTaskRules() {}

    static void check(ApprovalTask task, Problems at) {
        if (at.requireSet("subject", task.subject())) {
            Texts.check(at, "subject", task.subject());
            at.require(
                    !Texts.source(task.subject()).isBlank(),
                    "subject",
                    "must not be blank",
                    Texts.source(task.subject()));
        }
        task.body().ifPresent(b -> Texts.check(at, "body", b));
        TaskRules.positive(at, "responseTimeout", task.responseTimeout());
        at.require(
                task.executionTimeout().isEmpty(),
                "executionTimeout",
                "must not be set: people need time; say responseTimeout(…)",
                task.executionTimeout().orElse(null));
        checkOptions(task, at);
        checkForm(task, at);
        task.assignedUsers().forEach((id, name) -> {
            Texts.check(at, "assignedUsers", id);
            Texts.check(at, "assignedUsers", name);
        });
    }

    private static void checkOptions(ApprovalTask task, Problems at) {
        boolean approval = task.options().isEmpty() && task.form().isEmpty();
        List<String> options = task.options().isEmpty() ? (approval ? APPROVAL : List.of("OK")) : task.options();
        Set<String> seen = new HashSet<>();
        for (String option : task.options()) {
            Texts.check(at, "options", option);
            at.require(!option.isBlank(), "options", "must not be blank", option);
            at.require(seen.add(option), "options", "must not be named twice", option);
        }
        for (String chosen : task.defaults()) {
            at.require(options.contains(chosen), "defaults", "must be one of " + String.join(", ", options), chosen);
        }
        at.require(
                task.defaults().size() <= 1 || task.multiple(),
                "defaults",
                "must be one, unless several can be chosen: say multiple(true)",
                task.defaults());
        at.require(!task.multiple() || !task.options().isEmpty(), "multiple", "must not be set without options", true);
        String rule = "must not be set but where people approve or reject, which they do without options and form";
        at.require(approval || !task.failsOnReject(), "failsOnReject", rule, task.failsOnReject());
        at.require(approval || !task.ignoresTriggerRules(), "ignoresTriggerRules", rule, task.ignoresTriggerRules());
        if (!task.routes().isEmpty()) {
            at.require(
                    task.routes().keySet().equals(Set.copyOf(task.options())),
                    "routes",
                    "must be one for each option: any other would name a task by itself",
                    task.routes().keySet());
            task.routes().values().forEach(id -> at.requireText("routes", id));
        }
    }

    private static void checkForm(ApprovalTask task, Problems at) {
        task.form().forEach((name, value) -> {
            Problems place = at.at("form[" + name + "]");
            place.require(
                    !name.isBlank() && !name.equals("_options"), "name", "must be a name other than _options", name);
            Texts.checkJson(place, value);
            place.require(
                    Texts.leaves(value).noneMatch(l -> l instanceof Expression),
                    "value",
                    "must be a plain value: Airflow evaluates no template there",
                    value);
            Texts.checkName(place, name, value);
        });
    }
}
