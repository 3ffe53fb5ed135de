package dev.fairlead.testing.inference;

/** An exception as Python would name it. */
final class PythonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    PythonException(String type, String message) {
        super(message);
        this.type = type;
    }

    /** Writes an exception as the last line of a traceback. */
    static String lastLine(Exception e) {
        String type =
                e instanceof PythonException python ? python.type : e.getClass().getSimpleName();
        return e.getMessage() == null ? type : type + ": " + e.getMessage();
    }
}
