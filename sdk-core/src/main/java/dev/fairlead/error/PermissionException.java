package dev.fairlead.error;

/** Says that the server knows the caller and does not allow this. */
public class PermissionException extends ServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link ServiceException}. */
    public PermissionException(CallDetails details, String remedy) {
        super(details, remedy, false);
    }
}
