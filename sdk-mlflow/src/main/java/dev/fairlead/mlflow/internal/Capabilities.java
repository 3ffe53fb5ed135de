package dev.fairlead.mlflow.internal;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.mlflow.ServerInfo;
import dev.fairlead.mlflow.internal.wire.ServerWire;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows what the server can do. It is asked once for each client and all its views, when that matters for the first time; two threads may
 * both ask. A no is asked for again, since a server may have been upgraded meanwhile.
 */
final class Capabilities {
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\S*");

    private volatile @Nullable String version;
    private volatile boolean workspaces;

    /** Asks the server what it is. */
    ServerInfo ask(HttpCalls calls) {
        String said = askVersion(calls);
        ServerWire.Info info = info(calls);
        workspaces = Boolean.TRUE.equals(info.workspacesEnabled());
        return new ServerInfo(said, Objects.requireNonNullElse(info.storeType(), ""), workspaces);
    }

    private String askVersion(HttpCalls calls) {
        String said = calls.call(
                        CallSpec.get("version", "/version", Decoder.text()).build())
                .strip();
        if (!VERSION.matcher(said).matches()) {
            throw new InvalidResponseException(
                    calls.baseUri()
                            + " does not answer as MLflow does: its /version is not a version; check the tracking URI",
                    null);
        }
        version = said;
        return said;
    }

    private static ServerWire.Info info(HttpCalls calls) {
        try {
            return calls.call(CallSpec.get(
                            "server-info", "/api/3.0/mlflow/server-info", Decoder.json(Api.JSON, ServerWire.Info.class))
                    .build());
        } catch (NotFoundException | UnsupportedByServerException e) {
            return new ServerWire.Info(null, null); // before 3.x
        }
    }

    /**
     * Returns when the server is of a version or later. One that hides its version is let through: its own answer will tell.
     *
     * @param feature what is wanted, as the message names it, such as {@code logged models}
     * @param since the first version that has it, such as {@code 3.0}
     * @throws UnsupportedByServerException if it is older
     */
    void require(HttpCalls calls, String feature, String since) {
        String[] parts = since.split("\\.", 3);
        if (!atLeast(calls, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))) {
            String now = Objects.requireNonNullElse(version, "");
            throw unsupported(
                    calls,
                    feature,
                    "mlflow " + now + " at " + calls.baseUri() + " does not support " + feature + "; it needs MLflow "
                            + since + " or later",
                    "upgrade the tracking server, or do without");
        }
    }

    /**
     * Returns when the server separates workspaces.
     *
     * @throws UnsupportedByServerException if it does not; a server without them answers 500 to whoever names one
     */
    void requireWorkspaces(HttpCalls calls) {
        if (workspaces) {
            return;
        }
        require(calls, "workspaces", "3.10");
        ServerInfo now = ask(calls);
        if (!now.workspacesEnabled()) {
            throw unsupported(
                    calls,
                    "workspaces",
                    "mlflow " + now.version() + " at " + calls.baseUri() + " runs without workspaces",
                    "start the server with --enable-workspaces, or name no workspace");
        }
    }

    /** Returns whether the server is of a version or later, asking it where that is not known yet. */
    boolean atLeast(HttpCalls calls, int major, int minor) {
        String cached = version;
        if (cached != null && reaches(cached, major, minor)) {
            return true;
        }
        try {
            return reaches(askVersion(calls), major, minor);
        } catch (NotFoundException | UnsupportedByServerException | InvalidResponseException e) {
            return true;
        }
    }

    private static boolean reaches(String version, int major, int minor) {
        return new ServerInfo(version, "", false).atLeast(major, minor);
    }

    private static UnsupportedByServerException unsupported(
            HttpCalls calls, String feature, String reason, String remedy) {
        return new UnsupportedByServerException(
                new CallDetails(
                        "mlflow",
                        feature,
                        "GET",
                        URI.create(calls.baseUri() + "/version"),
                        0,
                        "",
                        reason,
                        List.of(),
                        1,
                        null),
                remedy);
    }
}
