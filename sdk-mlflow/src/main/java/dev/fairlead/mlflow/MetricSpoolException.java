package dev.fairlead.mlflow;

import dev.fairlead.error.MlPlatformException;
import org.jspecify.annotations.Nullable;

/** Says that the files of a spool cannot be used: another process holds them, or the disk refuses. What was being logged is not recorded. */
public class MetricSpoolException extends MlPlatformException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public MetricSpoolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
