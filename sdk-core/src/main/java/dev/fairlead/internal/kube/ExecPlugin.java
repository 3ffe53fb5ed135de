package dev.fairlead.internal.kube;

import dev.fairlead.credentials.Credential;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.JsonCodec;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the credential plugin of a kubeconfig user once: without a shell, without a terminal, within a time limit, its warnings kept apart
 * from its answer.
 */
final class ExecPlugin {
    private static final List<String> VERSIONS =
            List.of("client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1");

    private final KubeconfigEntry exec;
    private final KubeconfigEntry cluster;
    private final Duration limit;

    ExecPlugin(KubeconfigEntry exec, KubeconfigEntry cluster, Duration limit) {
        this.exec = exec;
        this.cluster = cluster;
        this.limit = limit;
        command();
        version();
        if (exec.text("interactiveMode").orElse("").equals("Always")) {
            throw exec.wrong(
                    "interactiveMode",
                    "is Always: the plugin wants a terminal, which a program does not have; log in with it first, "
                            + "or configure a mode that needs none");
        }
    }

    private String command() {
        return exec.text("command").orElseThrow(() -> exec.wrong("command", "must be set"));
    }

    private String version() {
        String version = exec.text("apiVersion").orElseThrow(() -> exec.wrong("apiVersion", "must be set"));
        if (!VERSIONS.contains(version)) {
            throw exec.wrong("apiVersion", "must be one of " + String.join(", ", VERSIONS) + ", was '" + version + "'");
        }
        return version;
    }

    /** Runs the plugin. */
    ExecResult run() {
        Process process = start();
        Draining out = Draining.start(process.getInputStream(), "stdout");
        Draining err = Draining.start(process.getErrorStream(), "stderr");
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // the plugin ended already; its exit code tells the rest
        }
        boolean ended;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
            throw failed("was interrupted", "", e);
        }
        if (!ended) {
            kill(process);
            throw failed("had not ended after " + limit.toSeconds() + " s and was stopped", err.text(), null);
        }
        if (process.exitValue() != 0) {
            throw failed("ended with exit code " + process.exitValue(), err.text(), null);
        }
        return read(out.text(), err.text());
    }

    private Process start() {
        String command = command();
        boolean isPath = command.contains("/") || command.contains(File.separator);
        List<String> line = new ArrayList<>();
        line.add(isPath ? exec.resolve(command).toString() : command);
        line.addAll(exec.texts("args"));
        ProcessBuilder builder = new ProcessBuilder(line);
        for (KubeconfigEntry variable : exec.children("env")) {
            String name = variable.text("name").orElseThrow(() -> variable.wrong("name", "must be set"));
            builder.environment().put(name, variable.text("value").orElse(""));
        }
        builder.environment().put("KUBERNETES_EXEC_INFO", JsonCodec.camelCase().text(info()));
        try {
            return builder.start();
        } catch (IOException e) {
            String hint =
                    exec.text("installHint").map(h -> "; " + h.strip()).orElse("; install it, or name its full path");
            throw new ConfigurationException(
                    "the credential plugin '" + command + "' of user " + exec + " cannot be started: " + e.getMessage()
                            + hint,
                    e);
        }
    }

    private Map<String, Object> info() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("interactive", false);
        if (exec.flag("provideClusterInfo")) {
            spec.put("cluster", clusterInfo());
        }
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("kind", "ExecCredential");
        info.put("apiVersion", version());
        info.put("spec", spec);
        return info;
    }

    private Map<String, Object> clusterInfo() {
        Map<String, Object> info = new LinkedHashMap<>();
        for (String field : List.of("server", "tls-server-name", "proxy-url")) {
            cluster.text(field).ifPresent(value -> info.put(field, value));
        }
        if (cluster.flag("insecure-skip-tls-verify")) {
            info.put("insecure-skip-tls-verify", true);
        }
        cluster.content("certificate-authority")
                .ifPresent(pem -> info.put(
                        "certificate-authority-data", Base64.getEncoder().encodeToString(pem)));
        for (KubeconfigEntry extension : cluster.children("extensions")) {
            if (extension.text("name").orElse("").equals("client.authentication.k8s.io/exec")) {
                extension.child("extension").ifPresent(config -> info.put("config", config.tree()));
            }
        }
        return info;
    }

    private ExecResult read(String stdout, String stderr) {
        Map<String, Object> answer;
        try {
            answer = JsonCodec.camelCase().object(stdout.getBytes(StandardCharsets.UTF_8), "its answer");
        } catch (InvalidResponseException e) {
            // the answer itself may hold the token: it is not shown
            throw failed("wrote something that is not an ExecCredential in JSON to stdout", stderr, null);
        }
        if (!version().equals(answer.get("apiVersion"))) {
            throw failed(
                    "answered in apiVersion '" + answer.get("apiVersion") + "', the kubeconfig asks for " + version(),
                    stderr,
                    null);
        }
        Map<?, ?> status = answer.get("status") instanceof Map<?, ?> map ? map : Map.of();
        String token = text(status.get("token"));
        String certificate = text(status.get("clientCertificateData"));
        String key = text(status.get("clientKeyData"));
        if (token == null && certificate == null) {
            throw failed("answered without a token and without a certificate", stderr, null);
        }
        if ((certificate == null) != (key == null)) {
            throw failed("answered with only one of clientCertificateData and clientKeyData", stderr, null);
        }
        return new ExecResult(token, certificate, key, expiry(text(status.get("expirationTimestamp")), stderr));
    }

    private @Nullable Instant expiry(@Nullable String text, String stderr) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw failed("answered with the expirationTimestamp '" + text + "', which is no RFC 3339 time", stderr, e);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() ? text : null;
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private ConfigurationException failed(String how, String stderr, @Nullable Exception cause) {
        String said = stderr.isBlank() ? "it wrote nothing to stderr" : "it wrote to stderr: " + stderr.strip();
        return new ConfigurationException(
                "the credential plugin '" + command() + "' of user " + exec + " " + how + "; " + said, cause);
    }

    /** Reads a stream of the plugin to its end, at most 1 MiB of it. */
    private static final class Draining {
        private static final int LIMIT = 1 << 20;
        private static final int SHOWN = 4_000;

        private final Thread thread;
        private final boolean shown;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private Draining(InputStream stream, String name) {
            this.shown = name.equals("stderr");
            this.thread = new Thread(() -> drain(stream), "fairlead-exec-" + name);
            thread.setDaemon(true);
        }

        static Draining start(InputStream stream, String name) {
            Draining draining = new Draining(stream, name);
            draining.thread.start();
            return draining;
        }

        private void drain(InputStream stream) {
            try (stream) {
                byte[] buffer = new byte[8192];
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    bytes.write(buffer, 0, Math.min(n, LIMIT - bytes.size()));
                }
            } catch (IOException e) {
                // the plugin was stopped; what it wrote is not needed
            }
        }

        /** Returns what was written; does not wait for what a left-over child keeps open. */
        String text() {
            try {
                thread.join(2_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            String text = bytes.toString(StandardCharsets.UTF_8);
            return shown && text.length() > SHOWN ? "…" + text.substring(text.length() - SHOWN) : text;
        }
    }

    /** What a plugin answered. */
    record ExecResult(
            @Nullable String token,
            @Nullable String certificate,
            @Nullable String key,
            @Nullable Instant expiry) implements Refreshing.Ending {
        @Override
        public Optional<Instant> expiresAt() {
            return Optional.ofNullable(expiry);
        }

        @Override
        public Optional<Credential> credential() {
            return Optional.ofNullable(token).map(t -> Credential.token("Bearer", t, expiry));
        }

        @Override
        public String toString() {
            return "ExecCredential[***]";
        }
    }
}
