package dev.fairlead.airflow;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.InvalidRequestException;
import java.util.Optional;

/** Says that the server refused a run's configuration, for a parameter of the DAG does not allow its value. */
public final class InvalidParamException extends InvalidRequestException {
    private static final long serialVersionUID = 1L;

    private final String param;
    private final String rule;

    /** Creates the exception. */
    public InvalidParamException(CallDetails details, String remedy, String param, String rule) {
        super(details, remedy);
        this.param = param;
        this.rule = rule;
    }

    /** Returns the parameter. */
    public String param() {
        return param;
    }

    /** Returns what it must be, in the server's words, such as {@code 'x' is not of type 'integer'}; empty where the server does not tell. */
    public Optional<String> rule() {
        return Optional.of(rule).filter(r -> !r.isEmpty());
    }
}
