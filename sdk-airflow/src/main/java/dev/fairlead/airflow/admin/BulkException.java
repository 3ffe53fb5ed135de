package dev.fairlead.airflow.admin;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ServiceException;

/** Says that some of the changes sent in one call were not made; the others were. */
public final class BulkException extends ServiceException {
    private static final long serialVersionUID = 1L;

    private final transient BulkResult result;

    /** Creates the exception. */
    public BulkException(CallDetails details, String remedy, BulkResult result) {
        super(details, remedy, false);
        this.result = result;
    }

    /** Returns what was done and what was not. */
    public BulkResult result() {
        return result;
    }
}
