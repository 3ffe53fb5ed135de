package dev.fairlead.error;

/** Says that this server, in its version or setting, does not offer what was asked; known before any request where the version tells. */
public class UnsupportedByServerException extends ServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link ServiceException}. */
    public UnsupportedByServerException(CallDetails details, String remedy) {
        super(details, remedy, false);
    }
}
