package dev.fairlead.airflow.dag;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Is a task that runs SQL (Airflow's {@code SQLExecuteQueryOperator}; the workers need the provider {@code common.sql} and that of the
 * database). The rows of the last statement become its output.
 */
public sealed interface SqlTask extends Task permits SqlTaskValue {
    /** Returns Airflow's connection to the database. */
    String connection();

    /** Returns the statements. */
    List<Expression> statements();

    /** Returns the parameters, by the names they have in the statements. */
    Map<String, Object> parameters();

    /** Returns whether each statement is committed at once; false by default. */
    boolean autocommit();

    /** Returns whether a text of several statements is cut at the semicolons; false by default. */
    boolean splits();

    /** Returns whether the rows become the task's output; true by default. */
    boolean returnsRows();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableSqlTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default SqlTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets Airflow's connection to the database, by its id; mandatory. */
        Builder connection(String connection);

        /** Replaces the statements. */
        Builder statements(Iterable<? extends Expression> statements);

        /** Adds statements, run one after the other. A template becomes SQL: what others wrote belongs to {@link #putParameter}. */
        Builder addStatements(Expression... statements);

        /** Replaces the parameters. */
        Builder parameters(Map<String, ? extends Object> parameters);

        /** Adds a parameter; the driver quotes it. How a statement names it is the driver's own: {@code %(day)s}, {@code :day}. */
        Builder putParameter(String name, Object value);

        /** Sets whether each statement is committed at once. */
        Builder autocommit(boolean autocommit);

        /** Sets whether a text of several statements is cut at the semicolons. */
        Builder splits(boolean splits);

        /** Sets whether the rows become the task's output; they must be few. */
        Builder returnsRows(boolean returnsRows);

        /** Adds a statement that is run as it is written. */
        default Builder sql(String statement) {
            return addStatements(new Text(statement));
        }

        /** Adds a statement. */
        default Builder sql(Expression statement) {
            return addStatements(statement);
        }

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        SqlTask build();
    }
}
