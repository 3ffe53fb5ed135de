package dev.fairlead.observability;

import dev.fairlead.CallListener.Attempt;
import dev.fairlead.error.ConfigurationException;
import java.net.URI;
import java.util.Optional;

/** The names of what is measured: those of OpenTelemetry's conventions for HTTP clients, and ours. */
final class Names {
    static final String DURATION = "http.client.request.duration";
    static final String CIRCUIT = "fairlead.circuit.changes";

    static final String METHOD = "http.request.method";
    static final String ADDRESS = "server.address";
    static final String PORT = "server.port";
    static final String STATUS = "http.response.status_code";
    static final String ERROR = "error.type";
    static final String RESENT = "http.request.resend_count";
    static final String URL = "url.full";
    static final String SYSTEM = "fairlead.system";
    static final String OPERATION = "fairlead.operation";
    static final String HOST = "fairlead.host";
    static final String FROM = "fairlead.circuit.from";
    static final String TO = "fairlead.circuit.to";

    private Names() {}

    static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }

    /** Returns what kind of failure it was; the words of one would be too many to count by. */
    static Optional<String> error(Attempt attempt) {
        if (attempt.problem().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(attempt.status() == 0 ? "transport" : String.valueOf(attempt.status()));
    }

    static ConfigurationException wrong(String wanted, Object given) {
        return new ConfigurationException("an object of " + wanted + " is needed to tell it of calls, was "
                + given.getClass().getName());
    }
}
