package dev.fairlead.error;

/** Says that the server's state contradicts the request: it exists already, was changed meanwhile, or is owned by another. */
public class ConflictException extends ServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link ServiceException}. */
    public ConflictException(CallDetails details, String remedy) {
        super(details, remedy, false);
    }
}
