package dev.fairlead.internal.kube;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.kubernetes.FieldConflictException;
import dev.fairlead.kubernetes.FieldConflictException.FieldConflict;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.ServiceErrors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the API server's {@code Status} answers. */
final class KubeErrors implements ServiceErrors {
    private static final Pattern OWNER = Pattern.compile("conflict with \"((?:[^\"\\\\]|\\\\.)*)\"");

    @Override
    public ServiceException toException(CallDetails given, Map<String, String> headers, String body) {
        Map<String, Object> status = status(body);
        String reason = text(status.get("reason"));
        String message = text(status.get("message"));
        CallDetails details = given.withReason(reason, message.isEmpty() ? Details.firstLine(body) : message);
        List<FieldConflict> conflicts = conflicts(status);
        if (given.status() == 409 && !conflicts.isEmpty()) {
            return new FieldConflictException(details, conflicts);
        }
        if (given.status() == 404 && !namesObject(status)) {
            return new UnsupportedByServerException(
                    details, "the API server does not serve this kind of object: install its CustomResourceDefinition");
        }
        if (given.status() == 500 && message.startsWith("failed calling webhook")) {
            return new UnavailableException(
                    details, "an admission webhook cannot be reached: see whether its pods are running");
        }
        if (given.status() == 500 && message.startsWith("failed to create typed patch object")) {
            return new InvalidRequestException(
                    details,
                    "it does not fit the server's schema there: look how the field is spelled, what it holds, and for which version it is");
        }
        return Details.byStatus(details, remedy(given.status()));
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401 -> "the credentials are unknown to the cluster or have ended: log in again";
            case 403 -> "let the cluster's administrator grant it, or act as somebody who may";
            case 410 -> "the server has forgotten that state: start the listing anew";
            default -> "";
        };
    }

    private static Map<String, Object> status(String body) {
        try {
            return JsonCodec.camelCase().object(body.getBytes(StandardCharsets.UTF_8), "status");
        } catch (InvalidResponseException e) {
            return Map.of(); // plain text, as from a path the server does not know
        }
    }

    /** Tells a missing object, which the server names, from a kind that it does not know. */
    private static boolean namesObject(Map<String, Object> status) {
        return status.get("details") instanceof Map<?, ?> details && details.get("name") != null;
    }

    private static List<FieldConflict> conflicts(Map<String, Object> status) {
        List<FieldConflict> conflicts = new ArrayList<>();
        if (status.get("details") instanceof Map<?, ?> details && details.get("causes") instanceof List<?> causes) {
            for (Object element : causes) {
                if (element instanceof Map<?, ?> cause && "FieldManagerConflict".equals(cause.get("reason"))) {
                    Matcher owner = OWNER.matcher(text(cause.get("message")));
                    String manager = owner.find() ? owner.group(1) : text(cause.get("message"));
                    conflicts.add(new FieldConflict(text(cause.get("field")), manager));
                }
            }
        }
        return conflicts;
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }
}
