package dev.fairlead.airflow.dag;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Is a task that calls a web service (Airflow's {@code HttpOperator}; the workers need the provider {@code http}). The answer's text becomes its output. */
public sealed interface HttpTask extends Task permits HttpTaskValue {
    /** Returns the path, with its query, that is added to the address of the connection; empty only where the task is mapped over it. */
    Optional<Expression> endpoint();

    /** Returns the method; {@code POST} by default. */
    String method();

    /** Returns Airflow's connection to the service; empty means {@code http_default}. */
    Optional<String> connection();

    /** Returns the body. */
    Optional<Expression> body();

    /** Returns the fields: the query of a {@code GET}, else a form. */
    Map<String, Expression> data();

    /** Returns the headers. */
    Map<String, Expression> headers();

    /** Returns the code that returns whether the answer, {@code response}, is good. */
    Optional<TrustedPython> responseCheck();

    /** Returns the code that makes the task's output of the answer, {@code response}. */
    Optional<TrustedPython> responseFilter();

    /** Returns how long the service may take; empty means 60 s. */
    Optional<Duration> timeout();

    /** Returns whether the answer is written to the task's log; false by default. */
    boolean logsResponse();

    /** Returns whether the worker hands the call to the triggerer; false by default. */
    boolean deferrable();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableHttpTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default HttpTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets the path, with its query, that is added to the address of the connection; mandatory. */
        default Builder endpoint(String endpoint) {
            return endpoint(new Text(endpoint));
        }

        /** Sets the path, with its query, that is added to the address of the connection; mandatory. */
        Builder endpoint(Expression endpoint);

        /** Sets the method, such as {@code GET}. */
        Builder method(String method);

        /** Sets Airflow's connection to the service, by its id. */
        Builder connection(String connection);

        /** Sets the body, such as JSON; say so by the header {@code Content-Type}. */
        default Builder body(String body) {
            return body(new Text(body));
        }

        /** Sets the body, such as JSON; say so by the header {@code Content-Type}. */
        Builder body(Expression body);

        /** Replaces the fields. */
        Builder data(Map<String, ? extends Expression> data);

        /** Adds a field: to the query of a {@code GET}, else to a form. */
        default Builder putData(String name, String value) {
            return putData(name, new Text(value));
        }

        /** Adds a field: to the query of a {@code GET}, else to a form. */
        Builder putData(String name, Expression value);

        /** Replaces the headers. */
        Builder headers(Map<String, ? extends Expression> headers);

        /** Adds a header. Secrets belong to the connection. */
        default Builder putHeader(String name, String value) {
            return putHeader(name, new Text(value));
        }

        /** Adds a header. Secrets belong to the connection. */
        Builder putHeader(String name, Expression value);

        /** Sets the code that returns whether the answer, {@code response}, is good; see {@link TrustedPython}. */
        Builder responseCheck(TrustedPython responseCheck);

        /** Sets the code that returns whether the answer, {@code response}, is good; see {@link TrustedPython}. */
        default Builder responseCheck(String body) {
            return responseCheck(TrustedPython.of(body));
        }

        /** Sets the code that makes the task's output of the answer, {@code response}; see {@link TrustedPython}. */
        Builder responseFilter(TrustedPython responseFilter);

        /** Sets the code that makes the task's output of the answer, {@code response}; see {@link TrustedPython}. */
        default Builder responseFilter(String body) {
            return responseFilter(TrustedPython.of(body));
        }

        /** Sets how long the service may take. */
        Builder timeout(Duration timeout);

        /** Sets whether the answer is written to the task's log. */
        Builder logsResponse(boolean logsResponse);

        /** Sets whether the worker hands the call to the triggerer. */
        Builder deferrable(boolean deferrable);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        HttpTask build();
    }
}
