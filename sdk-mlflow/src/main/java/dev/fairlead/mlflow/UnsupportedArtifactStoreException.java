package dev.fairlead.mlflow;

import dev.fairlead.error.ConfigurationException;

/** Says that an artifact store cannot be reached in the way that was asked for; the message names the store and the remedy. */
public class UnsupportedArtifactStoreException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public UnsupportedArtifactStoreException(String message) {
        super(message);
    }
}
