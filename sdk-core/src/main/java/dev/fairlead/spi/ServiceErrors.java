package dev.fairlead.spi;

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
import java.util.Map;

/** Turns a service's own error answers into our exceptions. */
@FunctionalInterface
public interface ServiceErrors {
    /**
     * Makes the exception for an answer outside 2xx.
     *
     * @param details what is known; code and reason are empty, for this method to fill by {@code withReason}
     * @param headers the answer's headers, names in lower case
     * @param body the first 64 KiB of the answer
     */
    ServiceException toException(CallDetails details, Map<String, String> headers, String body);

    /** Maps by status alone, with the body's first line as reason. */
    static ServiceErrors byStatus() {
        return (details, headers, body) -> Details.byStatus(details.withReason(Details.firstLine(body)), "");
    }

    /** Helps services to fill the details. */
    final class Details {
        private Details() {}

        /** Returns the first line of a text, at most 300 characters, without markup. */
        public static String firstLine(String body) {
            String plain = body.stripLeading().startsWith("<")
                    ? body.replaceAll("(?s)<(style|script).*?</\\1>", " ").replaceAll("<[^>]*>", " ")
                    : body;
            String line = plain.strip().lines().findFirst().orElse("").strip();
            return line.length() > 300 ? line.substring(0, 297) + "..." : line;
        }

        /** Chooses the exception by HTTP status. */
        public static ServiceException byStatus(CallDetails d, String remedy) {
            return switch (d.status()) {
                case 401 -> new UnauthenticatedException(d, remedy);
                case 403 -> new PermissionException(d, remedy);
                case 404, 410 -> new NotFoundException(d, remedy);
                case 409, 412 -> new ConflictException(d, remedy);
                case 429 -> new RateLimitedException(d, remedy);
                case 408, 502, 503, 504 -> new UnavailableException(d, remedy);
                case 405, 501 -> new UnsupportedByServerException(d, remedy);
                default ->
                    d.status() >= 500
                            ? new ServiceException(d, remedy, d.status() == 500)
                            : d.status() >= 400
                                    ? new InvalidRequestException(d, remedy)
                                    : new ServiceException(d, remedy, false);
            };
        }
    }
}
