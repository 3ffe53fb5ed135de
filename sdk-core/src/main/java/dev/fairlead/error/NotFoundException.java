package dev.fairlead.error;

/** Says that what was named does not exist on the server, or that the caller may not know that it does. */
public class NotFoundException extends ServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link ServiceException}. */
    public NotFoundException(CallDetails details, String remedy) {
        super(details, remedy, false);
    }
}
