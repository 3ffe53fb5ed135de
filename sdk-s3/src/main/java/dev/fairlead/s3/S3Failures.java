package dev.fairlead.s3;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.OperationInterruptedException;
import dev.fairlead.error.TransportException;
import dev.fairlead.spi.ServiceErrors;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in our own words what S3 or its library said. */
final class S3Failures {
    private S3Failures() {}

    static MlPlatformException told(String operation, URI object, SdkException e) {
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
            return new OperationInterruptedException("interrupted during s3 " + operation + " of " + object, "", "");
        }
        CallDetails details = new CallDetails(
                "s3",
                operation,
                "",
                object,
                e instanceof S3Exception s3 ? s3.statusCode() : 0,
                "",
                "",
                List.of(),
                1,
                null);
        if (e instanceof S3Exception s3) {
            String code = s3.awsErrorDetails() == null
                    ? ""
                    : Objects.requireNonNullElse(s3.awsErrorDetails().errorCode(), "");
            String reason = s3.awsErrorDetails() == null
                    ? String.valueOf(s3.getMessage())
                    : String.valueOf(s3.awsErrorDetails().errorMessage());
            return ServiceErrors.Details.byStatus(
                    details.withReason(code, ServiceErrors.Details.firstLine(reason)),
                    s3.statusCode() == 403
                            ? "check the keys (AWS_ACCESS_KEY_ID and others) and the bucket's policy"
                            : "");
        }
        String reason = ServiceErrors.Details.firstLine(String.valueOf(e.getMessage()));
        if (e instanceof SdkClientException && reason.contains("credentials")) {
            return new ConfigurationException(
                    "s3 " + operation + " of " + object + ": no keys were found; set AWS_ACCESS_KEY_ID and "
                            + "AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or a role",
                    e);
        }
        return new TransportException(
                details.withReason(reason),
                "check that S3 is reachable; its address is MLFLOW_S3_ENDPOINT_URL or AWS_ENDPOINT_URL, else that of AWS",
                true,
                e);
    }

    static URI address(String scheme, String bucket, String key) {
        try {
            return new URI(scheme, bucket, "/" + key, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
