package dev.fairlead.airflow.internal;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.ServiceErrors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads Airflow's refusals: {@code detail} is a text, a list of what is wrong with the request, or what the database said. What the caller
 * sent is never repeated: it may be a secret.
 */
public final class AirflowErrors implements ServiceErrors {
    private static final JsonCodec JSON = JsonCodec.camelCase();

    /** A code and a reason. */
    private record Reason(String code, String text) {}

    @Override
    public ServiceException toException(CallDetails details, Map<String, String> headers, String body) {
        Reason reason = reason(body);
        CallDetails filled = details.withReason(reason.code(), reason.text());
        boolean badToken = details.status() == 403 && reason.text().contains("Invalid JWT");
        if (details.status() == 401 || badToken) {
            return new UnauthenticatedException(
                    filled,
                    "set airflow.username and airflow.password, or airflow.token, to what this Airflow knows"
                            + (details.uri().getPath().contains("/api/v1/")
                                    ? "; Airflow 2 takes a password only with airflow.api.auth.backend.basic_auth in [api] auth_backends"
                                    : ""));
        }
        if (details.status() == 404 && reason.text().equals("API route not found")) {
            return new UnsupportedByServerException(filled, "this Airflow is too old for it");
        }
        return Details.byStatus(filled, remedy(details.status()));
    }

    private static String remedy(int status) {
        return status == 403 ? "the user's role in Airflow does not allow it" : "";
    }

    private static Reason reason(String body) {
        Map<String, Object> tree;
        try {
            tree = JSON.object(body.getBytes(StandardCharsets.UTF_8), "an error");
        } catch (InvalidResponseException e) {
            return new Reason("", Details.firstLine(body));
        }
        Object detail = tree.get("detail");
        if (detail instanceof List<?> problems) {
            return new Reason(
                    "invalid", problems.stream().map(AirflowErrors::problem).collect(Collectors.joining("; ")));
        }
        if (detail instanceof Map<?, ?> database) {
            return new Reason(text(database.get("reason")), "the database refused it");
        }
        if (detail != null) {
            return new Reason(text(tree.get("title")), text(detail)); // the title is of Airflow 2
        }
        Object told = tree.get("error") == null ? tree.get("title") : tree.get("error");
        return new Reason("", text(Objects.requireNonNullElse(told, Details.firstLine(body))));
    }

    private static String problem(@Nullable Object problem) {
        if (!(problem instanceof Map<?, ?> map)) {
            return text(problem);
        }
        String place = map.get("loc") instanceof List<?> path
                ? path.stream().map(String::valueOf).collect(Collectors.joining("."))
                : "";
        return place.isEmpty() ? text(map.get("msg")) : place + ": " + text(map.get("msg"));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
