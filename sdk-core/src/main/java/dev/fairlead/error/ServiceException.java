package dev.fairlead.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Says that a server answered, and refused. Subclasses tell the meaning. */
public class ServiceException extends MlPlatformException {
    private static final long serialVersionUID = 1L;

    private final transient CallDetails details;
    private final boolean retryable;

    /**
     * Creates the exception.
     *
     * @param details what is known of the call
     * @param remedy what the reader can do, appended to the message; empty for nothing to say
     * @param retryable whether the same call may succeed later
     */
    public ServiceException(CallDetails details, String remedy, boolean retryable) {
        super(remedy.isEmpty() ? details.line() : details.line() + "; " + remedy, null);
        this.details = details;
        this.retryable = retryable;
    }

    /** Returns what is known of the call. */
    public CallDetails details() {
        return details;
    }

    /** Returns the system that refused, such as {@code mlflow}. */
    public String system() {
        return details.system();
    }

    /** Returns what was asked, such as {@code runs/create}. */
    public String operation() {
        return details.operation();
    }

    /** Returns the HTTP status. */
    public int status() {
        return details.status();
    }

    /** Returns the server's own error code, such as {@code RESOURCE_DOES_NOT_EXIST}; empty where it names none. */
    public String code() {
        return details.code();
    }

    /** Returns the server's reason in its own words. */
    public String reason() {
        return details.reason();
    }

    /** Returns how long the server asked to wait, if it did. */
    public Optional<Duration> retryAfter() {
        return details.retryAfter();
    }

    /** Returns one line per attempt: what happened, and why it was or was not repeated. */
    public List<String> attempts() {
        return details.attempts();
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
