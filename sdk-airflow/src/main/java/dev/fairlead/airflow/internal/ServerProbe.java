package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.ServerInfo;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.internal.rest3.Rest3;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.error.CallDetails;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.JsonCodec;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out, once for each client, which Airflow it speaks to, and so which REST API. */
final class ServerProbe {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProbe.class);
    private static final JsonCodec JSON = JsonCodec.snakeCase();

    private final HttpCalls calls;
    private final AtomicReference<@Nullable ServerInfo> known = new AtomicReference<>();

    ServerProbe(HttpCalls calls) {
        this.calls = calls;
    }

    /** Returns the API of the server on a line. Airflow 2 speaks another one, which has its own adapter. */
    ServerApi api(HttpCalls line) {
        info();
        return new Rest3(line);
    }

    ServerInfo info() {
        ServerInfo info = known.get();
        if (info == null) {
            info = ask();
            known.set(info);
        }
        return info;
    }

    private ServerInfo ask() {
        String version = version("/api/v2/version").orElseThrow(this::refusal);
        ServerInfo info = new ServerInfo(version, Dialect.of(version));
        if (info.atLeast(3, 4)) {
            LOG.warn(
                    "Airflow {} is newer than {}, the newest this Fairlead was tried on",
                    version,
                    Dialect.NEWEST.version());
        }
        return info;
    }

    private Optional<String> version(String path) {
        try {
            Wire.Version wire = calls.call(CallSpec.get("version", path, Decoder.json(JSON, Wire.Version.class))
                    .anonymous()
                    .build());
            return Optional.ofNullable(wire.version()).filter(v -> !v.isEmpty());
        } catch (NotFoundException | UnsupportedByServerException | InvalidResponseException e) {
            LOG.debug("{} does not tell an Airflow's version", path, e);
            return Optional.empty();
        }
    }

    private RuntimeException refusal() {
        Optional<String> two = version("/api/v1/version");
        if (two.isEmpty()) {
            return new InvalidResponseException(
                    calls.baseUri()
                            + " does not answer as Airflow does: it has neither /api/v2/version nor /api/v1/version; check "
                            + "airflow.uri",
                    null);
        }
        URI uri = URI.create(calls.baseUri() + "/api/v2/version");
        return new UnsupportedByServerException(
                new CallDetails(
                        "airflow", "version", "GET", uri, 404, "", "this is Airflow " + two.get(), List.of(), 1, null),
                "Airflow 3.0 or newer is needed for this");
    }
}
