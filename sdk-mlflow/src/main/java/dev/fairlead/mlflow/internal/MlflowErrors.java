package dev.fairlead.mlflow.internal;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.RateLimitedException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.mlflow.internal.wire.ServerWire;
import dev.fairlead.spi.ServiceErrors;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads MLflow's refusals. What counts is the error code, not the status: a name that is taken is a 400, a feature that is switched off a
 * 500. Refusals of the parts in front of the API (routing, users, host check, switched-off proxy) are text or HTML and have no code.
 */
final class MlflowErrors implements ServiceErrors {
    /** Database errors carry the statement and its values, which may hold secrets. */
    private static final Pattern STATEMENT = Pattern.compile("(?s)(\\n|\\s+Error: \\(|\\s*\\[SQL:|\\[parameters:).*");

    private static final Pattern GONE =
            Pattern.compile("failures occurred while downloading(?s:.*)(No such file|Not Found|NoSuchKey|\\(404\\))");

    private static final Pattern MISSING_ALIAS = Pattern.compile("Registered model alias .* not found\\.?");

    @Override
    public ServiceException toException(CallDetails details, Map<String, String> headers, String body) {
        Optional<ServerWire.Failure> failure = failure(body);
        String code =
                failure.map(f -> Objects.requireNonNullElse(f.errorCode(), "")).orElse("");
        if (code.isEmpty()) {
            String reason = failure.map(ServerWire.Failure::detail).orElse(null);
            return uncoded(details, reason == null ? Details.firstLine(body) : reason, reason != null);
        }
        String message = failure.map(ServerWire.Failure::message).orElse(null);
        String reason = message == null ? "" : STATEMENT.matcher(message).replaceFirst("");
        return coded(details.withReason(code, Details.firstLine(reason)), message == null ? "" : message);
    }

    private static Optional<ServerWire.Failure> failure(String body) {
        if (!body.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Api.JSON.read(body.getBytes(StandardCharsets.UTF_8), ServerWire.Failure.class, "the error"));
        } catch (InvalidResponseException e) {
            return Optional.empty(); // cut off, or not MLflow's: the text itself is the reason then
        }
    }

    private static ServiceException coded(CallDetails d, String message) {
        if (d.operation().equals("artifacts/download") && GONE.matcher(message).find()) {
            return new NotFoundException(d, ""); // MLflow 2 says 500
        }
        return switch (d.code()) {
            case "RESOURCE_ALREADY_EXISTS", "RESOURCE_CONFLICT", "ALREADY_EXISTS", "ABORTED", "INVALID_STATE" ->
                new ConflictException(d, "");
            case "RESOURCE_DOES_NOT_EXIST", "NOT_FOUND" -> new NotFoundException(d, "");
            case "UNAUTHENTICATED" -> new UnauthenticatedException(d, login());
            case "PERMISSION_DENIED", "CUSTOMER_UNAUTHORIZED" -> new PermissionException(d, "");
            case "REQUEST_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED" -> new RateLimitedException(d, "");
            case "TEMPORARILY_UNAVAILABLE", "DEADLINE_EXCEEDED" -> new UnavailableException(d, "");
            case "ENDPOINT_NOT_FOUND", "NOT_IMPLEMENTED", "FEATURE_DISABLED" ->
                new UnsupportedByServerException(d, "this server is too old for it, or has it switched off");
            case "INVALID_PARAMETER_VALUE", "BAD_REQUEST" -> invalid(d, message);
            case "DATA_LOSS" -> new ServiceException(d, "the server's store is damaged; see its log", false);
            default -> Details.byStatus(d, "");
        };
    }

    private static ServiceException invalid(CallDetails d, String message) {
        if (MISSING_ALIAS.matcher(d.reason()).matches()) {
            return new NotFoundException(d, ""); // MLflow says 400
        }
        if (message.startsWith("Changing param values is not allowed")) {
            return new ConflictException(
                    d,
                    "a parameter is written once; nothing of this batch was stored: log it under another key, as a tag, or in a new run");
        }
        if (message.toLowerCase(Locale.ROOT).contains("foreign key constraint")) {
            return new NotFoundException(d, "what this belongs to is not there");
        }
        if (message.contains("must be in the 'active' state")) {
            return new ConflictException(d, "it is deleted: restore it first");
        }
        if (message.toLowerCase(Locale.ROOT).contains("unique constraint")) {
            return new ConflictException(d, "");
        }
        return new InvalidRequestException(d, "");
    }

    private static ServiceException uncoded(CallDetails d, String reason, boolean json) {
        CallDetails said = d.withReason(reason);
        return switch (d.status()) {
            case 401 -> new UnauthenticatedException(said, login());
            case 403 -> new PermissionException(said, forbidden(reason, d));
            case 404, 405 ->
                json ? new NotFoundException(said, "") : new UnsupportedByServerException(said, noRoute(d.operation()));
            case 503 ->
                reason.contains("disabled") || reason.contains("serve-artifacts")
                        ? new UnsupportedByServerException(
                                said,
                                "the server was started without it; for artifacts start it with --serve-artifacts")
                        : new UnavailableException(said, "");
            default -> Details.byStatus(said, "");
        };
    }

    private static String noRoute(String operation) {
        return operation.startsWith("users/") || operation.startsWith("roles/") || operation.contains("/permissions/")
                ? "the server has no users: start it with --app-name basic-auth; or it is too old for this"
                : "the server has no such route: it is too old for it, or the tracking URI lacks the server's path prefix";
    }

    private static String login() {
        return "set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, MLFLOW_TRACKING_TOKEN, or the endpoint's credentials";
    }

    private static String forbidden(String reason, CallDetails d) {
        String host = d.uri().getHost();
        return reason.startsWith("Invalid Host header")
                ? "the server does not accept the name it was called by: add it to MLFLOW_SERVER_ALLOWED_HOSTS there, with and without port ("
                        + host + "," + host + ":*)"
                : "";
    }
}
