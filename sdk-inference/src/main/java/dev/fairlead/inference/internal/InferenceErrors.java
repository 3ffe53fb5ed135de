package dev.fairlead.inference.internal;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.ServiceErrors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Reads the error answers of inference servers: {@code {"error": …}}, FastAPI's {@code {"detail": …}}, Seldon's {@code {"status": {…}}}, and
 * plain text, which from MLServer is a Python traceback.
 */
public final class InferenceErrors implements ServiceErrors {
    private static final int LONGEST_REASON = 500;

    @Override
    public ServiceException toException(CallDetails details, Map<String, String> headers, String body) {
        CallDetails known = details.withReason(reason(body));
        return Details.byStatus(known, remedy(known, body));
    }

    private static String remedy(CallDetails details, String body) {
        if (details.status() == 404 && details.reason().equals("Not Found")) {
            return "no V2 inference server answers at this path; check the address and what stands before /v2";
        }
        if (details.status() == 404) {
            return "ask under the name the server knows; for a Seldon deployment that is the name of the graph's node";
        }
        if (details.status() == 500 && body.startsWith("Internal Server Error")) {
            return "the model raised an exception; its server's log says which";
        }
        return "";
    }

    private static String reason(String body) {
        Object tree = tree(body);
        String reason = tree instanceof Map<?, ?> object ? ofObject(object) : "";
        if (reason.isEmpty()) {
            reason = isTraceback(body) ? lastLine(body) : Details.firstLine(body);
        }
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON - 3) + "..." : reason;
    }

    private static @Nullable Object tree(String body) {
        if (!body.stripLeading().startsWith("{")) {
            return null;
        }
        try {
            return JsonCodec.camelCase().tree(body.getBytes(StandardCharsets.UTF_8), "error");
        } catch (InvalidResponseException e) {
            return null;
        }
    }

    private static String ofObject(Map<?, ?> object) {
        if (object.get("error") instanceof String error) {
            return error;
        }
        if (object.get("detail") instanceof List<?> problems) {
            StringJoiner all = new StringJoiner("; ");
            problems.forEach(p -> all.add(p instanceof Map<?, ?> problem ? ofProblem(problem) : String.valueOf(p)));
            return all.toString();
        }
        if (object.get("detail") instanceof String detail) {
            return detail;
        }
        if (object.get("status") instanceof Map<?, ?> status) {
            return (text(status.get("reason")) + ": " + text(status.get("info"))).replaceAll("^: |: $", "");
        }
        return text(object.get("message"));
    }

    private static String ofProblem(Map<?, ?> problem) {
        StringJoiner place = new StringJoiner(".");
        if (problem.get("loc") instanceof List<?> location) {
            location.forEach(part -> place.add(String.valueOf(part)));
        }
        String why = problem.get("ctx") instanceof Map<?, ?> context && context.get("error") instanceof String error
                ? ": " + error
                : "";
        return place + " " + text(problem.get("msg")) + why;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static boolean isTraceback(String body) {
        return body.startsWith("Traceback ");
    }

    private static String lastLine(String body) {
        List<String> lines = body.strip().lines().toList();
        return lines.get(lines.size() - 1).strip();
    }
}
