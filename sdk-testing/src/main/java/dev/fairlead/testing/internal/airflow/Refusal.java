package dev.fairlead.testing.internal.airflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer other than success, with Airflow's kind of body. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Object detail;

    Refusal(int status, Object detail) {
        super(status + " " + detail, null, false, false);
        this.status = status;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    Map<String, Object> body() {
        return Map.of("detail", detail);
    }

    /** What the database says to a second row; it does not tell which column it was. */
    static Refusal unique() {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("reason", "Unique constraint violation");
        detail.put("statement", "hidden");
        detail.put("orig_error", "hidden");
        detail.put(
                "message",
                "Serious error when handling your request. Check logs for more details - you will find it in api server when you look "
                        + "for ID FAKE0001");
        return new Refusal(409, detail);
    }

    /** What a request that does not fit its schema is told. */
    static Refusal invalid(String type, String field, String message, Object input) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", type);
        problem.put("loc", List.of("body", field));
        problem.put("msg", message);
        problem.put("input", input);
        return new Refusal(422, List.of(problem));
    }
}
