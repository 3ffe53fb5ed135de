package dev.fairlead.error;

/** Says that the server, or the way to it, cannot answer now; also while the circuit breaker of that service is open. */
public class UnavailableException extends ServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link ServiceException}. */
    public UnavailableException(CallDetails details, String remedy) {
        super(details, remedy, true);
    }
}
