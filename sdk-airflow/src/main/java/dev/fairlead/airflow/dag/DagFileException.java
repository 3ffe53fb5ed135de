package dev.fairlead.airflow.dag;

import dev.fairlead.error.MlPlatformException;
import org.jspecify.annotations.Nullable;

/** Says that a DAG's file cannot be written or removed: it is not ours, was changed by hand, or its place does not allow it. */
public final class DagFileException extends MlPlatformException {
    private static final long serialVersionUID = 1L;

    private final String file;

    /** Creates the exception; the message names the file and what to do. */
    public DagFileException(String message, String file, @Nullable Throwable cause) {
        super(message, cause);
        this.file = file;
    }

    /** Returns the file. */
    public String file() {
        return file;
    }
}
