package dev.fairlead.error;

import org.jspecify.annotations.Nullable;

/** Says that what the program was given to start from cannot be used: a setting, a file, a credential source, a closed platform. */
public class ConfigurationException extends MlPlatformException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; the message names the place and the remedy. */
    public ConfigurationException(String message) {
        this(message, null);
    }

    /** Creates the exception with what caused it. */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
