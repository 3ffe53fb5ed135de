package dev.fairlead.testing.internal.mlflow;

/** What the server refuses, with the status and code it answers. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;
    final String code;

    private Refusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static Refusal of(int status, String code, String message) {
        return new Refusal(status, code, message);
    }

    static Refusal invalid(String message) {
        return new Refusal(400, "INVALID_PARAMETER_VALUE", message);
    }

    static Refusal missingParameter(String name) {
        return invalid("Missing value for required parameter '" + name
                + "'. See the API docs for more information about request parameters.");
    }

    static Refusal missing(String message) {
        return new Refusal(404, "RESOURCE_DOES_NOT_EXIST", message);
    }

    static Refusal exists(String message) {
        return new Refusal(400, "RESOURCE_ALREADY_EXISTS", message);
    }

    static Refusal bad(String message) {
        return new Refusal(400, "BAD_REQUEST", message);
    }

    static Refusal notOffered(String what) {
        return new Refusal(501, "NOT_IMPLEMENTED", what + " is not supported for the current artifact repository");
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
