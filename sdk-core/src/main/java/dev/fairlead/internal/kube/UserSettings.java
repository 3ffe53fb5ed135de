package dev.fairlead.internal.kube;

import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is how a kubeconfig's user presents himself.
 *
 * @param credentials gives his credentials, or {@code null} if he has none
 * @param description says which they are, or why there are none
 * @param exec his plugin, or {@code null}
 * @param impersonation the headers that make him act as another
 */
record UserSettings(
        @Nullable CredentialsProvider credentials,
        String description,
        @Nullable ExecCredentials exec,
        List<Map.Entry<String, String>> impersonation) {
    private static final Duration PLUGIN_LIMIT = Duration.ofSeconds(60);

    static UserSettings of(@Nullable KubeconfigEntry user, KubeconfigEntry cluster, Clock clock) {
        if (user == null) {
            return new UserSettings(null, "the kubeconfig's context names no user", null, List.of());
        }
        List<Map.Entry<String, String>> impersonation = impersonation(user);
        boolean token = user.has("token") || user.has("tokenFile");
        if (token && user.has("username")) {
            throw user.wrong("username", "must not stand beside a token: only one of them can be sent");
        }
        if (user.has("tokenFile")) {
            CredentialsProvider file =
                    CredentialsProvider.tokenFile(user.path("tokenFile").orElseThrow());
            return new UserSettings(file, file.describe() + " of user " + user.name(), null, impersonation);
        }
        if (user.has("token")) {
            CredentialsProvider fixed =
                    CredentialsProvider.bearer(user.text("token").orElseThrow());
            return new UserSettings(fixed, "token of user " + user.name(), null, impersonation);
        }
        if (user.has("username")) {
            CredentialsProvider basic = CredentialsProvider.basic(
                    user.text("username").orElseThrow(), user.text("password").orElse(""));
            return new UserSettings(basic, "password of user " + user.name(), null, impersonation);
        }
        Optional<KubeconfigEntry> plugin = user.child("exec");
        if (plugin.isPresent()) {
            String description =
                    "credential plugin " + plugin.get().text("command").orElse("") + " of user " + user.name();
            ExecCredentials exec =
                    new ExecCredentials(description, new ExecPlugin(plugin.get(), cluster, PLUGIN_LIMIT), clock);
            return new UserSettings(exec, description, exec, impersonation);
        }
        if (user.has("auth-provider")) {
            return ofAuthProvider(user, clock, impersonation);
        }
        if (user.has("client-certificate") || user.has("client-certificate-data")) {
            return new UserSettings(
                    target -> Optional.empty(), "client certificate of user " + user.name(), null, impersonation);
        }
        return new UserSettings(
                null,
                "user " + user + " has neither client-certificate, token, tokenFile, exec nor username",
                null,
                impersonation);
    }

    /** Uses the token that an old login left behind, as long as it is good; renewing it is a plugin's work nowadays. */
    private static UserSettings ofAuthProvider(
            KubeconfigEntry user, Clock clock, List<Map.Entry<String, String>> impersonation) {
        KubeconfigEntry provider = user.child("auth-provider").orElseThrow();
        String kind = provider.text("name").orElse("");
        Optional<String> token = provider.child("config").flatMap(config -> config.text("id-token"));
        String remedy = "kubectl dropped auth-provider in 1.26: use an exec plugin such as kubelogin, or a token";
        if (!kind.equals("oidc") || token.isEmpty()) {
            throw user.wrong("auth-provider", "'" + kind + "' cannot be used; " + remedy);
        }
        CredentialsProvider oidc = target -> {
            Optional<java.time.Instant> end = Jwt.expiresAt(token.get());
            if (end.isPresent() && !clock.instant().isBefore(end.get().minus(Refreshing.SKEW))) {
                throw user.wrong(
                        "auth-provider", "'oidc' holds an id-token that ended at " + end.get() + "; " + remedy);
            }
            return Optional.of(Credential.token("Bearer", token.get(), end.orElse(null)));
        };
        return new UserSettings(oidc, "oidc id-token of user " + user.name(), null, impersonation);
    }

    private static List<Map.Entry<String, String>> impersonation(KubeconfigEntry user) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        user.text("as").ifPresent(name -> headers.add(Map.entry("Impersonate-User", name)));
        user.text("as-uid").ifPresent(uid -> headers.add(Map.entry("Impersonate-Uid", uid)));
        user.texts("as-groups").forEach(group -> headers.add(Map.entry("Impersonate-Group", group)));
        user.child("as-user-extra").ifPresent(extra -> {
            for (String key : extra.tree().keySet()) {
                String header = "Impersonate-Extra-" + escape(key);
                extra.texts(key).forEach(value -> headers.add(Map.entry(header, value)));
            }
        });
        if (!headers.isEmpty() && !user.has("as")) {
            throw user.wrong("as", "must be set where as-uid, as-groups or as-user-extra are");
        }
        return headers;
    }

    /** Header names allow no '/' and mean no case: anything but a token character is sent percent-encoded. */
    private static String escape(String key) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : key.toLowerCase(Locale.ROOT).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "!#$&'*+-.^_`|~".indexOf(c) >= 0;
            escaped.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return escaped.toString();
    }

    static URI server(KubeconfigEntry cluster) {
        String text = cluster.text("server").orElseThrow(() -> cluster.wrong("server", "must be set"));
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw cluster.wrong("server", "must be an address such as https://10.0.0.1:6443, was '" + text + "'");
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
            throw cluster.wrong(
                    "server", "must be an http or https address with a host, such as https://10.0.0.1:6443");
        }
        return origin(uri);
    }

    /** Returns an address without a slash at its end. */
    static URI origin(URI uri) {
        return URI.create(uri.toString().replaceAll("/+$", ""));
    }

    static @Nullable URI proxy(KubeconfigEntry cluster) {
        Optional<String> text = cluster.text("proxy-url");
        if (text.isEmpty()) {
            return null;
        }
        URI uri;
        try {
            uri = URI.create(text.get());
        } catch (IllegalArgumentException e) {
            throw cluster.wrong("proxy-url", "must be an address such as http://proxy:3128");
        }
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw cluster.wrong(
                    "proxy-url", "must be an http address with a host: other kinds of proxy are not supported");
        }
        return uri;
    }
}
