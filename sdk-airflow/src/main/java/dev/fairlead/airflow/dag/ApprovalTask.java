package dev.fairlead.airflow.dag;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Is a task that waits until somebody decides (Airflow 3.1 and newer). What is set tells what people are asked: nothing but a subject, to
 * approve or reject (Airflow's {@code ApprovalOperator}); options, to choose ({@code HITLOperator}); routes, to choose what runs next
 * ({@code HITLBranchOperator}); a form alone, to fill it in ({@code HITLEntryOperator}).
 */
public sealed interface ApprovalTask extends Task permits ApprovalTaskValue {
    /** Returns the question. */
    Expression subject();

    /** Returns what helps to decide, in Markdown. */
    Optional<Expression> body();

    /** Returns what can be chosen; empty means approve or reject, or with a form just OK. */
    List<String> options();

    /** Returns what is taken when nobody answered in time. */
    List<String> defaults();

    /** Returns whether several options can be chosen; false by default. */
    boolean multiple();

    /** Returns the form's fields with their default values. */
    Map<String, Object> form();

    /** Returns the task or group that runs next, by the option; each runs after this one, no edge is needed. */
    Map<String, String> routes();

    /** Returns how long people have; then the defaults are taken, or the task fails. Empty means for ever. */
    Optional<Duration> responseTimeout();

    /** Returns who may answer: names by ids; empty means everybody who may edit the task. */
    Map<String, String> assignedUsers();

    /** Returns whether a rejection fails the task instead of skipping what comes after it; false by default. */
    boolean failsOnReject();

    /** Returns whether a rejection skips all that comes after, whatever the trigger rules say; false by default. */
    boolean ignoresTriggerRules();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableApprovalTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default ApprovalTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets the question; mandatory. */
        default Builder subject(String subject) {
            return subject(new Text(subject));
        }

        /** Sets the question; mandatory. */
        Builder subject(Expression subject);

        /** Sets what helps to decide, in Markdown. */
        default Builder body(String body) {
            return body(new Text(body));
        }

        /** Sets what helps to decide, in Markdown. */
        Builder body(Expression body);

        /** Replaces what can be chosen. */
        Builder options(Iterable<String> options);

        /** Adds what can be chosen. */
        Builder addOptions(String... options);

        /** Replaces what is taken when nobody answered in time. */
        Builder defaults(Iterable<String> defaults);

        /** Adds what is taken when nobody answered in time; {@code Approve} or {@code Reject} where there are no options. */
        Builder addDefaults(String... defaults);

        /** Sets whether several options can be chosen. */
        Builder multiple(boolean multiple);

        /** Replaces the form. */
        Builder form(Map<String, ? extends Object> form);

        /** Adds a field of the form with its default value. */
        Builder putForm(String name, Object value);

        /** Replaces the routes. */
        Builder routes(Map<String, ? extends String> routes);

        /** Sets the task or group that runs next where an option was chosen. */
        Builder putRoute(String name, String value);

        /** Sets how long people have; then the defaults are taken, or the task fails. */
        Builder responseTimeout(Duration responseTimeout);

        /** Replaces who may answer. */
        Builder assignedUsers(Map<String, ? extends String> assignedUsers);

        /** Adds somebody who may answer, by the id and the name that Airflow knows. */
        Builder putAssignedUser(String name, String value);

        /** Sets whether a rejection fails the task instead of skipping what comes after it. */
        Builder failsOnReject(boolean failsOnReject);

        /** Sets whether a rejection skips all that comes after, whatever the trigger rules say. */
        Builder ignoresTriggerRules(boolean ignoresTriggerRules);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ApprovalTask build();
    }
}
