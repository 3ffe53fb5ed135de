package dev.fairlead.error;

/** Says that the server asks for fewer or slower calls; {@link #retryAfter()} tells how long to wait, if the server does. */
public class RateLimitedException extends ServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link ServiceException}. */
    public RateLimitedException(CallDetails details, String remedy) {
        super(details, remedy, true);
    }
}
