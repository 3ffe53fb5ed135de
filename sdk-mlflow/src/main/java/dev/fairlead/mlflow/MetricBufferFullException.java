package dev.fairlead.mlflow;

import dev.fairlead.error.MlPlatformException;

/** Says that values were not recorded, because the buffer is full and {@link WhenFull#FAIL} was chosen. */
public class MetricBufferFullException extends MlPlatformException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public MetricBufferFullException(String message) {
        super(message, null);
    }

    /** Tells that there may be room later. */
    @Override
    public boolean retryable() {
        return true;
    }
}
