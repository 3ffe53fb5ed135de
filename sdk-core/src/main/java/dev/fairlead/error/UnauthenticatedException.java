package dev.fairlead.error;

/** Says that the server does not know the caller: no credentials, wrong ones, or expired ones that could not be refreshed. */
public class UnauthenticatedException extends ServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link ServiceException}. */
    public UnauthenticatedException(CallDetails details, String remedy) {
        super(details, remedy, false);
    }
}
