package dev.fairlead.testing.internal.kube;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Is what the API server refuses with: a status code and a {@code Status} object in its own words. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient Map<String, Object> status;

    private Refusal(int code, Map<String, Object> status) {
        super(String.valueOf(status.get("message")));
        this.code = code;
        this.status = status;
    }

    /** Returns the HTTP status. */
    public int code() {
        return code;
    }

    /** Returns the Status object. */
    public Map<String, Object> status() {
        return status;
    }

    /** One cause within the details. */
    record Cause(String reason, String message, String field) {}

    static Refusal of(int code, String reason, String message) {
        return new Refusal(code, status(code, reason, message, new LinkedHashMap<>()));
    }

    static Refusal about(int code, String reason, String message, KindInfo kind, String name, List<Cause> causes) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!kind.kind().group().isEmpty()) {
            details.put("group", kind.kind().group());
        }
        details.put(
                "kind",
                reason.equals("Invalid") ? kind.kind().kind() : kind.kind().plural());
        if (!causes.isEmpty()) {
            List<Object> all = new ArrayList<>();
            causes.forEach(c -> all.add(Tree.of("reason", c.reason(), "message", c.message(), "field", c.field())));
            details.put("causes", all);
        }
        return new Refusal(code, status(code, reason, message, details));
    }

    private static Map<String, Object> status(int code, String reason, String message, Map<String, Object> details) {
        Map<String, Object> status = Tree.of(
                "kind", "Status", "apiVersion", "v1", "metadata", Map.of(), "status", "Failure", "message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        if (!details.isEmpty()) {
            status.put("details", details);
        }
        status.put("code", code);
        return status;
    }

    static Refusal notFound(KindInfo kind, String name) {
        return about(404, "NotFound", kind.qualified() + " \"" + name + "\" not found", kind, name, List.of());
    }

    static Refusal exists(KindInfo kind, String name) {
        return about(
                409, "AlreadyExists", kind.qualified() + " \"" + name + "\" already exists", kind, name, List.of());
    }

    static Refusal modified(KindInfo kind, String name) {
        return about(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + kind.qualified() + " \"" + name
                        + "\": the object has been modified; please apply your changes to the latest version and try again",
                kind,
                name,
                List.of());
    }

    /** Refuses an apply; the server names the fields, but not the object. */
    static Refusal fieldConflict(String message, List<Cause> causes) {
        List<Object> all = new ArrayList<>();
        causes.forEach(c -> all.add(Tree.of("reason", c.reason(), "message", c.message(), "field", c.field())));
        return new Refusal(409, status(409, "Conflict", message, Tree.of("causes", all)));
    }

    static Refusal precondition(KindInfo kind, String name, String detail) {
        String message = "Operation cannot be fulfilled on " + kind.qualified() + " \"" + name
                + "\": Precondition failed: " + detail;
        return about(409, "Conflict", message, kind, name, List.of());
    }

    static Refusal invalid(KindInfo kind, String name, String field, String detail) {
        String group = kind.kind().group();
        String type = kind.kind().kind() + (group.isEmpty() ? "" : "." + group);
        return about(
                422,
                "Invalid",
                type + " \"" + name + "\" is invalid: " + field + ": " + detail,
                kind,
                name,
                List.of(new Cause("FieldValueInvalid", detail, field)));
    }

    static Refusal bad(String message) {
        return of(400, "BadRequest", message);
    }

    static Refusal gone(String message) {
        return of(410, "Expired", message);
    }
}
