package dev.fairlead.mlflow.internal;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.spi.ServiceErrors;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the refusals of stores, which S3, GCS and Azure word alike: XML with a code and a message. */
final class StoreErrors implements ServiceErrors {
    private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");
    private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");

    @Override
    public ServiceException toException(CallDetails details, Map<String, String> headers, String body) {
        String code = first(CODE, body);
        String reason = code.isEmpty() ? Details.firstLine(body) : Details.firstLine(first(MESSAGE, body));
        CallDetails said = details.withReason(code, reason);
        return switch (code) {
            case "SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable", "ServerBusy" ->
                new UnavailableException(said, "");
            case "NoSuchKey", "NoSuchUpload", "NoSuchBucket", "BlobNotFound" -> new NotFoundException(said, "");
            default ->
                Details.byStatus(
                        said,
                        details.status() == 403
                                ? "the store refused what the tracking server signed: the address may have expired, or the clocks differ"
                                : "");
        };
    }

    private static String first(Pattern pattern, String body) {
        Matcher matcher = pattern.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }
}
