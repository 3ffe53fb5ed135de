package dev.fairlead.mlflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.RateLimitedException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Refusals as real servers sent them. */
class MlflowErrorsTest {
    private static final String TAKEN =
            "{\"error_code\": \"RESOURCE_ALREADY_EXISTS\", \"message\": \"Experiment(name=p1) already exists. Error: (sqlite3.IntegrityError) UNIQUE constraint failed: experiments.workspace, experiments.name\\n[SQL: INSERT INTO experiments (name) VALUES (?)]\\n[parameters: ('p1', 'secret')]\", \"sqlstate\": \"KAM00\"}";
    private static final String RENAMED =
            "{\"error_code\": \"BAD_REQUEST\", \"message\": \"(sqlite3.IntegrityError) UNIQUE constraint failed: experiments.workspace, experiments.name\\n[SQL: UPDATE experiments SET name=?]\\n[parameters: ('secret',)]\"}";
    private static final String NOT_FOUND_PAGE =
            "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server.</p>\n";
    private static final String SWITCHED_OFF =
            "Endpoint: /api/2.0/mlflow-artifacts/artifacts disabled due to the mlflow server running with `--no-serve-artifacts`. To enable artifacts server functionality, run `mlflow server` with `--serve-artifacts`";

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        400,
                        TAKEN,
                        ConflictException.class,
                        false,
                        "RESOURCE_ALREADY_EXISTS: Experiment(name=p1) already exists."),
                Arguments.of(400, RENAMED, ConflictException.class, false, "UNIQUE constraint failed"),
                Arguments.of(
                        404,
                        json("RESOURCE_DOES_NOT_EXIST", "No Experiment with id=9 exists"),
                        NotFoundException.class,
                        false,
                        "id=9"),
                Arguments.of(
                        400,
                        json("INVALID_PARAMETER_VALUE", "Registered model alias none not found."),
                        NotFoundException.class,
                        false,
                        "none"),
                Arguments.of(
                        400,
                        json("INVALID_PARAMETER_VALUE", "Invalid value 0 for parameter 'max_results'"),
                        InvalidRequestException.class,
                        false,
                        "max_results"),
                Arguments.of(
                        400,
                        json(
                                "INVALID_PARAMETER_VALUE",
                                "Changing param values is not allowed. Params were already logged"),
                        ConflictException.class,
                        false,
                        "nothing of this batch was stored"),
                Arguments.of(
                        400,
                        json(
                                "INVALID_PARAMETER_VALUE",
                                "The run r must be in the 'active' state. Current state is deleted."),
                        ConflictException.class,
                        false,
                        "restore it first"),
                Arguments.of(
                        400,
                        "{\"detail\": \"Artifact path refers to a directory, not a file: 'd'\"}",
                        InvalidRequestException.class,
                        false,
                        "refers to a directory"),
                Arguments.of(
                        401,
                        "You are not authenticated. Please see https://mlflow.org",
                        UnauthenticatedException.class,
                        false,
                        "MLFLOW_TRACKING_USERNAME"),
                Arguments.of(403, "Permission denied", PermissionException.class, false, "Permission denied"),
                Arguments.of(
                        403,
                        "Invalid Host header - possible DNS rebinding attack detected",
                        PermissionException.class,
                        false,
                        "MLFLOW_SERVER_ALLOWED_HOSTS there, with and without port (mlflow.ml,mlflow.ml:*)"),
                Arguments.of(404, NOT_FOUND_PAGE, UnsupportedByServerException.class, false, "path prefix"),
                Arguments.of(
                        409, json("RESOURCE_CONFLICT", "changed meanwhile"), ConflictException.class, false, "changed"),
                Arguments.of(
                        429,
                        json("REQUEST_LIMIT_EXCEEDED", "slow down"),
                        RateLimitedException.class,
                        true,
                        "slow down"),
                Arguments.of(
                        500,
                        json("FEATURE_DISABLED", "Workspaces are not enabled"),
                        UnsupportedByServerException.class,
                        false,
                        "Workspaces"),
                Arguments.of(500, json("INVALID_STATE", "not now"), ConflictException.class, false, "not now"),
                Arguments.of(500, json("DATA_LOSS", "gone"), ServiceException.class, false, "store is damaged"),
                Arguments.of(500, json("INTERNAL_ERROR", "oops"), ServiceException.class, true, "oops"),
                Arguments.of(500, "Internal Server Error", ServiceException.class, true, "Internal Server Error"),
                Arguments.of(501, json("NOT_IMPLEMENTED", "mpu"), UnsupportedByServerException.class, false, "mpu"),
                Arguments.of(
                        503, json("TEMPORARILY_UNAVAILABLE", "database"), UnavailableException.class, true, "database"),
                Arguments.of(503, SWITCHED_OFF, UnsupportedByServerException.class, false, "--serve-artifacts"),
                Arguments.of(503, "no healthy upstream", UnavailableException.class, true, "no healthy upstream"),
                Arguments.of(504, json("DEADLINE_EXCEEDED", "late"), UnavailableException.class, true, "late"),
                Arguments.of(500, "{\"error_code\": \"INTERNAL_ERR", ServiceException.class, true, "INTERNAL_ERR"));
    }

    private static String json(String code, String message) {
        return "{\"error_code\": \"" + code + "\", \"message\": \"" + message + "\"}";
    }

    @ParameterizedTest
    @MethodSource("refusals")
    @Proves("mlflow.errors")
    void toException_realRefusal_isTyped(int status, String body, Class<?> type, boolean retryable, String words) {
        CallDetails details = new CallDetails(
                "mlflow",
                "experiments/create",
                "POST",
                URI.create("http://mlflow.ml/x"),
                status,
                "",
                "",
                List.of(),
                3,
                null);

        ServiceException e = new MlflowErrors().toException(details, Map.of(), body);

        assertThat(e).isExactlyInstanceOf(type);
        assertThat(e.retryable()).isEqualTo(retryable);
        assertThat(e.getMessage())
                .contains(words)
                .doesNotContain("secret")
                .doesNotContain("[SQL")
                .doesNotContain("\n");
    }
}
