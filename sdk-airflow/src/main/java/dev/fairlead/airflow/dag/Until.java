package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what a {@link SensorTask} waits for. A closed family; each has its sensor in Airflow. */
public sealed interface Until extends Problems.Checked
        permits ExternalTask,
                Until.File,
                Until.TimeDelta,
                Until.DateTime,
                Until.Bash,
                Until.Python,
                Until.Http,
                Until.Sql,
                Until.SparkApplication {
    /**
     * Stands for what each instance of a mapped sensor has of its own: the path of a file, the time, or the endpoint of a web service.
     * {@code sensor("files", s -> s.until(Until.file(Until.EACH)).mapping(Mapping.over("path", List.of("/a", "/b"))))}
     */
    Expression EACH = new Template("{{ each }}");

    /** Waits for the run of another DAG that has the same logical date. */
    static ExternalTask dag(String dagId) {
        return new ExternalTask(
                new Text(dagId),
                List.of(),
                "",
                Duration.ZERO,
                TrustedPython.of(""),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    /** Waits for a file, or for one that a pattern with {@code *} fits; relative to the path of the connection. */
    static File file(String path) {
        return file(new Text(path));
    }

    /** Waits for a file. */
    static File file(Expression path) {
        return new File(path, "", false);
    }

    /** Waits until so much time has gone by since the end of the run's data interval; where it has none, since the run was due. */
    static TimeDelta after(Duration delta) {
        return new TimeDelta(delta);
    }

    /** Waits for an instant. */
    static DateTime time(Instant instant) {
        return new DateTime(new Text(instant.toString()));
    }

    /** Waits for what becomes a time in ISO 8601, such as {@code {{ data_interval_end.add(hours=3) }}}. */
    static DateTime time(Expression time) {
        return new DateTime(time);
    }

    /** Waits until a Bash command ends with 0. */
    static Bash bash(String command) {
        return new Bash(new Text(command), Map.of());
    }

    /** Waits until code returns something true; see {@link TrustedPython}. */
    static Python python(String body) {
        return new Python(TrustedPython.of(body), Map.of());
    }

    /** Waits until a web service answers a {@code GET} well; 404 means not yet. */
    static Http http(String endpoint) {
        return http(new Text(endpoint));
    }

    /** Waits until a web service answers a {@code GET} well; 404 means not yet. */
    static Http http(Expression endpoint) {
        return new Http(endpoint, "GET", "", Map.of(), Map.of(), TrustedPython.of(""));
    }

    /** Waits until the first value of the first row is neither nothing, zero nor empty. */
    static Sql sql(String connection, String sql) {
        return new Sql(connection, new Text(sql), Map.of());
    }

    /** Waits until an application of the Spark operator has succeeded; the task fails where that fails. */
    static SparkApplication sparkApplication(String name) {
        return new SparkApplication(new Text(name), "", "", false);
    }

    /** Returns whatever may be or hold an expression. */
    Stream<? extends @Nullable Object> values();

    /** Returns whether the triggerer can wait for it. */
    default boolean canDefer() {
        return false;
    }

    /**
     * A file that a worker sees.
     *
     * @param path its path, in which {@code *} stands for anything
     * @param connection Airflow's connection, whose path comes before; empty means {@code fs_default}
     * @param recursive whether {@code **} goes through all folders
     */
    record File(Expression path, String connection, boolean recursive) implements Until {
        /** Uses a connection. */
        public File connection(String id) {
            return new File(path, id, recursive);
        }

        /** Lets {@code **} go through all folders. */
        public File throughFolders() {
            return new File(path, connection, true);
        }

        @Override
        public Stream<Object> values() {
            return Stream.of(path);
        }

        @Override
        public boolean canDefer() {
            return true;
        }

        @Override
        public void check(Problems at) {
            UntilRules.check(this, at);
        }
    }

    /**
     * Time that goes by.
     *
     * @param delta how much
     */
    record TimeDelta(Duration delta) implements Until {
        @Override
        public Stream<Object> values() {
            return Stream.of();
        }

        @Override
        public boolean canDefer() {
            return true;
        }

        @Override
        public void check(Problems at) {
            TaskRules.positive(at, "delta", Optional.of(delta));
        }
    }

    /**
     * A time.
     *
     * @param time when
     */
    record DateTime(Expression time) implements Until {
        @Override
        public Stream<Object> values() {
            return Stream.of(time);
        }

        @Override
        public boolean canDefer() {
            return true;
        }

        @Override
        public void check(Problems at) {
            UntilRules.check(this, at);
        }
    }

    /**
     * A Bash command that ends with 0.
     *
     * @param command the command
     * @param env the variables it has; none means the worker's own
     */
    record Bash(Expression command, Map<String, Expression> env) implements Until {
        /** Copies the variables. */
        public Bash {
            env = Map.copyOf(env);
        }

        /** Adds a variable; the worker's own are then not there. */
        public Bash env(String name, Expression value) {
            Map<String, Expression> more = new LinkedHashMap<>(env);
            more.put(name, value);
            return new Bash(command, more);
        }

        @Override
        public Stream<Object> values() {
            return Stream.concat(Stream.of(command), env.values().stream());
        }

        @Override
        public void check(Problems at) {
            UntilRules.check(this, at);
        }
    }

    /**
     * Code that returns something true.
     *
     * @param code the code
     * @param arguments its arguments
     */
    record Python(TrustedPython code, Map<String, Object> arguments) implements Until {
        /** Copies the arguments. */
        public Python {
            arguments = Map.copyOf(arguments);
        }

        /** Adds an argument: a text, number, boolean, {@link Expression}, or a list or map of them. */
        public Python argument(String name, Object value) {
            Map<String, Object> more = new LinkedHashMap<>(arguments);
            more.put(name, value);
            return new Python(code, more);
        }

        @Override
        public Stream<Object> values() {
            return arguments.values().stream();
        }

        @Override
        public void check(Problems at) {
            PythonRules.checkCode(at, "code", code);
            PythonRules.checkArguments(at, arguments);
        }
    }

    /**
     * A good answer of a web service.
     *
     * @param endpoint the path that is added to the address of the connection
     * @param method the method
     * @param connection Airflow's connection; empty means {@code http_default}
     * @param params the query
     * @param headers the headers
     * @param responseCheck code that returns whether the answer, {@code response}, is good; empty means any that is no error
     */
    record Http(
            Expression endpoint,
            String method,
            String connection,
            Map<String, Expression> params,
            Map<String, Expression> headers,
            TrustedPython responseCheck)
            implements Until {
        /** Copies the maps. */
        public Http {
            params = Map.copyOf(params);
            headers = Map.copyOf(headers);
        }

        /** Uses a connection. */
        public Http connection(String id) {
            return new Http(endpoint, method, id, params, headers, responseCheck);
        }

        /** Calls with another method. */
        public Http method(String other) {
            return new Http(endpoint, other, connection, params, headers, responseCheck);
        }

        /** Adds a parameter to the query. */
        public Http param(String name, Expression value) {
            Map<String, Expression> more = new LinkedHashMap<>(params);
            more.put(name, value);
            return new Http(endpoint, method, connection, more, headers, responseCheck);
        }

        /** Adds a header. */
        public Http header(String name, Expression value) {
            Map<String, Expression> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Http(endpoint, method, connection, params, more, responseCheck);
        }

        /** Waits until code finds the answer, {@code response}, good; see {@link TrustedPython}. */
        public Http responseCheck(String body) {
            return new Http(endpoint, method, connection, params, headers, TrustedPython.of(body));
        }

        @Override
        public Stream<Object> values() {
            return Stream.concat(
                    Stream.of(endpoint), Stream.concat(params.values().stream(), headers.values().stream()));
        }

        @Override
        public boolean canDefer() {
            return responseCheck.body().isEmpty();
        }

        @Override
        public void check(Problems at) {
            UntilRules.check(this, at);
        }
    }

    /**
     * A row that SQL finds.
     *
     * @param connection Airflow's connection to the database
     * @param sql the statement
     * @param parameters its parameters, which the driver quotes
     */
    record Sql(String connection, Expression sql, Map<String, Object> parameters) implements Until {
        /** Copies the parameters. */
        public Sql {
            parameters = Map.copyOf(parameters);
        }

        /** Adds a parameter; the driver quotes it. */
        public Sql parameter(String name, Object value) {
            Map<String, Object> more = new LinkedHashMap<>(parameters);
            more.put(name, value);
            return new Sql(connection, sql, more);
        }

        @Override
        public Stream<Object> values() {
            return Stream.concat(Stream.of(sql), parameters.values().stream());
        }

        @Override
        public void check(Problems at) {
            UntilRules.check(this, at);
        }
    }

    /**
     * An application of the Spark operator.
     *
     * @param name its name
     * @param namespace its namespace; empty leaves it to the connection
     * @param connection Airflow's connection to the cluster; empty means {@code kubernetes_default}
     * @param copiesLog whether the driver's log is copied when it has ended
     */
    record SparkApplication(Expression name, String namespace, String connection, boolean copiesLog) implements Until {
        /** Looks in a namespace. */
        public SparkApplication namespace(String other) {
            return new SparkApplication(name, other, connection, copiesLog);
        }

        /** Uses a connection. */
        public SparkApplication connection(String id) {
            return new SparkApplication(name, namespace, id, copiesLog);
        }

        /** Copies the driver's log when it has ended. */
        public SparkApplication copyingLog() {
            return new SparkApplication(name, namespace, connection, true);
        }

        @Override
        public Stream<Object> values() {
            return Stream.of(name);
        }

        @Override
        public void check(Problems at) {
            UntilRules.check(this, at);
        }
    }
}
