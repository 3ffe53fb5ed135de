package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.TaskState;
import dev.fairlead.spi.Problems;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What holds for what a sensor waits for. */
final class UntilRules {
    private static final Set<String> RUN_STATES = Set.of("queued", "running", "success", "failed");
    private static final Set<String> TASK_STATES = Set.of(
            "removed",
            "scheduled",
            "queued",
            "running",
            "success",
            "restarting",
            "failed",
            "up_for_retry",
            "up_for_reschedule",
            "upstream_failed",
            "skipped",
            "deferred");

    private UntilRules() {}

    /** Returns the name of the field that each instance of a mapped sensor has of its own; empty for none. */
    static Optional<String> each(Until until) {
        if (until instanceof Until.File file && file.path().equals(Until.EACH)) {
            return Optional.of("path");
        }
        if (until instanceof Until.DateTime time && time.time().equals(Until.EACH)) {
            return Optional.of("time");
        }
        return until instanceof Until.Http http && http.endpoint().equals(Until.EACH)
                ? Optional.of("endpoint")
                : Optional.empty();
    }

    static void check(ExternalTask until, Problems at) {
        Texts.check(at, "dagId", until.dagId());
        if (until.dagId() instanceof Text text) {
            TaskRules.checkId(at, "dagId", text.value());
        }
        int i = 0;
        Set<Expression> seen = new HashSet<>();
        for (Expression id : until.taskIds()) {
            String place = "taskIds[" + i++ + "]";
            Texts.check(at, place, id);
            at.require(seen.add(id), place, "must not be named twice", Texts.source(id));
        }
        at.require(
                until.taskIds().isEmpty() || until.group().isEmpty(),
                "group",
                "must not be set together with tasks: use two sensors",
                until.group());
        at.require(!until.earlier().isNegative(), "earlier", "must not be negative", until.earlier());
        if (!until.logicalDate().body().isEmpty()) {
            PythonRules.checkCode(at, "logicalDate", until.logicalDate());
            at.require(
                    until.earlier().isZero(), "earlier", "must not be set together with logicalDate", until.earlier());
        }
        checkStates(until, at);
    }

    private static void checkStates(ExternalTask until, Problems at) {
        Set<String> known = until.taskIds().isEmpty() && until.group().isEmpty() ? RUN_STATES : TASK_STATES;
        List<TaskState> all = new ArrayList<>(until.allowed().isEmpty() ? List.of(TaskState.SUCCESS) : until.allowed());
        all.addAll(until.failed());
        all.addAll(until.skipped());
        for (TaskState state : Stream.of(until.allowed(), until.failed(), until.skipped())
                .flatMap(List::stream)
                .toList()) {
            at.require(
                    known.contains(state.value()),
                    "states",
                    "must be one of " + String.join(", ", new TreeSet<>(known)),
                    state);
        }
        Set<TaskState> once = new HashSet<>();
        all.stream()
                .filter(s -> !once.add(s))
                .forEach(s -> at.add("states", "must be in one of allowed, failed and skipped only", s));
    }

    static void check(Until.File until, Problems at) {
        checkText(at, "path", until.path());
        checkConnection(at, until.connection());
    }

    static void check(Until.DateTime until, Problems at) {
        Texts.check(at, "time", until.time());
        if (until.time() instanceof Text text) {
            at.require(
                    isTime(text.value()),
                    "time",
                    "must be a time with its zone, such as 2026-01-31T00:00:00Z",
                    text.value());
        }
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().isAfter(Instant.EPOCH);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    static void check(Until.Bash until, Problems at) {
        checkText(at, "command", until.command());
        Texts.checkEnv(at.at("env"), until.env());
    }

    static void check(Until.Http until, Problems at) {
        Texts.check(at, "endpoint", until.endpoint());
        at.require(
                HttpTaskValue.METHODS.contains(until.method()),
                "method",
                "must be one of " + String.join(", ", HttpTaskValue.METHODS),
                until.method());
        checkConnection(at, until.connection());
        HttpTaskValue.checkTexts(at, "params", until.params());
        HttpTaskValue.checkTexts(at, "headers", until.headers());
        if (!until.responseCheck().body().isEmpty()) {
            PythonRules.checkCode(at, "responseCheck", until.responseCheck());
        }
    }

    static void check(Until.Sql until, Problems at) {
        Connections.check(at, "connection", until.connection());
        checkText(at, "sql", until.sql());
        for (Map.Entry<String, Object> parameter : until.parameters().entrySet()) {
            Problems place = at.at("parameters[" + parameter.getKey() + "]");
            Texts.checkJson(place, parameter.getValue());
            Texts.checkName(place, parameter.getKey(), parameter.getValue());
        }
    }

    static void check(Until.SparkApplication until, Problems at) {
        checkText(at, "name", until.name());
        if (!until.namespace().isEmpty()) {
            Connections.checkNamespace(at, until.namespace());
        }
        checkConnection(at, until.connection());
    }

    private static void checkText(Problems at, String field, Expression text) {
        Texts.check(at, field, text);
        at.require(!Texts.source(text).isBlank(), field, "must not be blank", Texts.source(text));
    }

    private static void checkConnection(Problems at, String connection) {
        if (!connection.isEmpty()) {
            Connections.check(at, "connection", connection);
        }
    }
}
