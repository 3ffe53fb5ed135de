package dev.fairlead.error;

/** Says that the waiting thread was interrupted; its interrupt flag is set again, and the remote work goes on. */
public class OperationInterruptedException extends OperationException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public OperationInterruptedException(String message, String operationId, String state) {
        super(message, operationId, state, null);
    }
}
