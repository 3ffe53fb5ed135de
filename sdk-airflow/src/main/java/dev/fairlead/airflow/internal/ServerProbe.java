package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.ServerInfo;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.internal.rest2.Rest2;
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
public final class ServerProbe {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProbe.class);
    private static final JsonCodec JSON = JsonCodec.snakeCase();

    private final HttpCalls calls;
    private final AtomicReference<@Nullable ServerInfo> known = new AtomicReference<>();

    ServerProbe(HttpCalls calls) {
        this.calls = calls;
    }

    /** Returns the API of the server on a line: Airflow 2 speaks another one than Airflow 3. */
    ServerApi api(HttpCalls line) {
        ServerInfo info = info();
        return info.atLeast(3, 0) ? new Rest3(line, info) : new Rest2(line, info);
    }

    /** Returns whether the server takes a user and password as they are; Airflow 3 gives a token for them. */
    boolean takesPasswords() {
        return !info().atLeast(3, 0);
    }

    ServerInfo info() {
        ServerInfo info = known.get();
        if (info == null) {
            info = ask();
            known.set(info);
        }
        return info;
    }

    /**
     * Refuses an operation, before any request of it, that this server is too old for.
     *
     * @throws UnsupportedByServerException if it is
     */
    void require(String operation, int major, int minor) {
        ServerInfo info = info();
        if (!info.atLeast(major, minor)) {
            throw new UnsupportedByServerException(
                    new CallDetails(
                            "airflow",
                            operation,
                            "",
                            calls.baseUri(),
                            0,
                            "",
                            "this is Airflow " + info.version(),
                            List.of(),
                            1,
                            null),
                    "Airflow " + major + "." + minor + " or newer is needed for this");
        }
    }

    private ServerInfo ask() {
        String version =
                version("/api/v2/version").or(() -> version("/api/v1/version")).orElseThrow(this::refusal);
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
        return new InvalidResponseException(
                calls.baseUri()
                        + " does not answer as Airflow does: it has neither /api/v2/version nor /api/v1/version; check "
                        + "airflow.uri",
                null);
    }

    /** Says that a server lacks something, before it is asked for it. */
    public static UnsupportedByServerException lacks(URI server, ServerInfo info, String feature, String since) {
        return new UnsupportedByServerException(
                new CallDetails(
                        "airflow",
                        feature,
                        "",
                        server,
                        0,
                        "",
                        "this is Airflow " + info.version() + ", which has no " + feature,
                        List.of(),
                        1,
                        null),
                "Airflow " + since + " or newer has it; upgrade the server, or do without");
    }
}
