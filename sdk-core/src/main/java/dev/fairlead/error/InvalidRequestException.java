package dev.fairlead.error;

/** Says that the server finds the request wrong in itself; repeating it unchanged will not help. */
public class InvalidRequestException extends ServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link ServiceException}. */
    public InvalidRequestException(CallDetails details, String remedy) {
        super(details, remedy, false);
    }
}
