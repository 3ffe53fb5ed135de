package dev.fairlead.internal.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.internal.config.Settings;
import dev.fairlead.internal.config.Surroundings;
import dev.fairlead.support.ManualClock;
import dev.fairlead.support.Proves;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeTargetsTest {
    private static final URI SERVER = URI.create("https://10.0.0.1:6443");

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final ManualClock clock = new ManualClock();

    private Path config(String name, String user) throws IOException {
        return Files.writeString(folder.resolve(name), """
                current-context: dev
                clusters:
                - {name: dev, cluster: {server: "https://10.0.0.1:6443/"}}
                contexts:
                - {name: dev, context: {cluster: dev, user: ann, namespace: team}}
                - {name: prod, context: {cluster: dev, user: nobody}}
                - {name: lost, context: {cluster: gone, user: ann}}
                users:
                - name: ann
                  user: %s
                """.formatted(user));
    }

    private KubeSettings settings(Path kubeconfig, String context, CredentialsProvider credentials) {
        Surroundings around = new Surroundings(environment::get, name -> null, folder);
        return new KubeSettings(
                kubeconfig,
                context,
                null,
                credentials,
                Settings.read(Map.of(), around, Optional.empty()),
                clock,
                folder.resolve("serviceaccount"));
    }

    private KubeTarget find(Path kubeconfig) {
        return KubeTargets.find(settings(kubeconfig, null, null)).orElseThrow();
    }

    private static String header(KubeTarget target) {
        return target.credentials()
                .resolve(target.server())
                .orElseThrow()
                .headers()
                .get("Authorization");
    }

    @Test
    @Proves("core.kube.kubeconfig")
    void find_kubeconfig_givesServerNamespaceAndTokenWithTheirSource() throws IOException {
        Path file = config("c", "{token: canary-1}");
        KubeTarget target = find(file);
        assertThat(target.server()).isEqualTo(SERVER);
        assertThat(target.namespace()).isEqualTo("team");
        assertThat(header(target)).isEqualTo("Bearer canary-1");
        assertThat(target.describe())
                .extracting(row -> row.name() + " = " + row.value() + " (" + row.source() + ")")
                .containsExactly(
                        "kubernetes.server = https://10.0.0.1:6443 (builder, " + file + ", context dev)",
                        "kubernetes.namespace = team (builder, " + file + ", context dev)",
                        "kubernetes credentials = token of user ann (builder, " + file + ", context dev)");
        assertThat(target.toString()).doesNotContain("canary-1");
    }

    @Test
    @Proves("core.kube.kubeconfig")
    void find_severalFilesInKubeconfigVariable_firstMentionWinsAndPathsAreRelativeToTheirFile() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("deep"));
        Files.writeString(deep.resolve("token"), "from-deep\n");
        Path first = Files.writeString(
                folder.resolve("first"),
                "current-context: dev\nusers:\n- {name: ann, user: {tokenFile: deep/token}}\n");
        Path second = Files.writeString(
                deep.resolve("second"),
                "current-context: other\nclusters:\n- {name: dev, cluster: {server: 'http://127.0.0.1:1'}}\n"
                        + "contexts:\n- {name: dev, context: {cluster: dev, user: ann}}\nusers:\n- {name: ann, user: {token: shadowed}}\n");
        environment.put(
                "KUBECONFIG", first + File.pathSeparator + folder.resolve("missing") + File.pathSeparator + second);
        KubeTarget target = find(null);
        assertThat(header(target)).isEqualTo("Bearer from-deep");
        assertThat(target.namespace()).isEqualTo("default");
        assertThat(target.serverSource()).isEqualTo("environment KUBECONFIG, context dev");
    }

    @Test
    @Proves("core.kube.bad-kubeconfig")
    void find_missingContext_namesThoseThatAreThere() throws IOException {
        Path file = config("c", "{token: x}");
        assertThatThrownBy(() -> KubeTargets.find(settings(file, "staging", null)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "the kubeconfig " + file + " has no context 'staging'; it has dev, prod, lost: choose one with "
                                + "MlPlatform.builder().kubeContext(…) or FAIRLEAD_KUBERNETES_CONTEXT");
    }

    @Test
    @Proves("core.kube.bad-kubeconfig")
    void find_contextThatNamesWhatIsNotThere_namesPlaceAndChoice() throws IOException {
        Path file = config("c", "{token: x}");
        assertThatThrownBy(() -> KubeTargets.find(settings(file, "prod", null)))
                .hasMessage("the kubeconfig " + file
                        + ", contexts[prod].user names 'nobody', which is not among the users [ann]");
        assertThatThrownBy(() -> KubeTargets.find(settings(file, "lost", null)))
                .hasMessage("the kubeconfig " + file
                        + ", contexts[lost].cluster names 'gone', which is not among the clusters [dev]");
    }

    @ParameterizedTest
    @Proves("core.kube.bad-kubeconfig")
    @CsvSource(
            delimiter = '|',
            value = {
                "clusters: [a | is not valid YAML",
                "just text | it holds no keys at all",
                "clusters: {a: b} | must hold a list at clusters",
                "users: [{user: {}}] | must hold an object with a name at users[0]",
                "users: [{name: a, user: x}] | must hold an object at users[0].user",
                "users: [] | names no current-context; it has no contexts at all"
            })
    void find_brokenKubeconfig_namesFileAndPlace(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("broken"), text);
        assertThatThrownBy(() -> find(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the kubeconfig " + file)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @Proves("core.kube.bad-kubeconfig")
    @CsvSource(
            delimiter = '|',
            value = {
                "{token: [a]} | users[ann].token must be text",
                "{token: canary, username: u} | users[ann].username must not stand beside a token: only one of them can be sent",
                "{as-groups: [g], token: canary} | users[ann].as must be set where as-uid, as-groups or as-user-extra are",
                "{client-certificate-data: '%%%', client-key-data: canary} | users[ann].client-certificate-data must be Base64",
                "{client-certificate: nowhere.pem, client-key: k} | which cannot be read: java.nio.file.NoSuchFileException",
                "{client-certificate-data: Y2FuYXJ5} | users[ann].client-key and client-certificate must be set together",
                "{exec: {command: x}} | users[ann].exec.apiVersion must be set",
                "{exec: {command: x, apiVersion: v0}} | must be one of client.authentication.k8s.io/v1, client.authentication.k8s.io/v1beta1",
                "{auth-provider: {name: gcp}} | users[ann].auth-provider 'gcp' cannot be used; kubectl dropped auth-provider in 1.26"
            })
    void find_userThatCannotBeUsed_namesTheFieldAndNoSecret(String user, String message) throws IOException {
        Path file = config("c", user);
        assertThatThrownBy(() -> find(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("canary");
    }

    @Test
    void find_namedKubeconfigThatDoesNotExist_stops() {
        environment.put("KUBECONFIG", folder.resolve("nowhere").toString());
        assertThatThrownBy(() -> find(null)).hasMessageContaining("named by environment KUBECONFIG, does not exist");
        assertThatThrownBy(() -> find(folder.resolve("nope")))
                .hasMessageContaining("named in the program, does not exist");
    }

    @Test
    void find_nothingAround_findsNoCluster() {
        assertThat(KubeTargets.find(settings(null, null, null))).isEmpty();
        assertThatThrownBy(() -> KubeTargets.find(settings(null, "dev", null)))
                .hasMessageContaining("the context 'dev' was asked for, but there is no kubeconfig");
    }

    @Test
    @Proves("core.kube.chain")
    void credentials_noneThatApplies_isAnErrorListingWhatWasTriedInOrder() throws IOException {
        KubeTarget target = find(config("c", "{}"));
        assertThatThrownBy(() -> target.credentials().resolve(SERVER))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "there are no credentials for the Kubernetes API server https://10.0.0.1:6443: none are given in the program; "
                                + "FAIRLEAD_KUBERNETES_TOKEN is not set; user 'ann' of the kubeconfig "
                                + folder.resolve("c")
                                + " has neither client-certificate, token, tokenFile, exec nor username. Set "
                                + "MlPlatform.builder().kubernetesCredentials(…), where CredentialsProvider.none() means none on purpose");
    }

    @Test
    @Proves("core.kube.chain")
    void credentials_givenInProgramThenEnvironment_comeBeforeTheKubeconfigUser() throws IOException {
        Path file = config("c", "{token: of-user, as: boss}");
        environment.put("FAIRLEAD_KUBERNETES_TOKEN", "of-environment");
        KubeTarget target = find(file);
        assertThat(header(target)).isEqualTo("Bearer of-environment");
        assertThat(target.impersonation()).isEmpty();
        KubeTarget explicit = KubeTargets.find(settings(file, null, CredentialsProvider.bearer("given")))
                .orElseThrow();
        assertThat(header(explicit)).isEqualTo("Bearer given");
    }

    @Test
    void find_serverSetting_neverSendsTheKubeconfigsCredentialsThere() throws IOException {
        Files.createDirectories(folder.resolve(".kube"));
        Files.copy(config("c", "{token: of-another-server}"), folder.resolve(".kube/config"));
        environment.put("FAIRLEAD_KUBERNETES_SERVER", "https://elsewhere:6443");
        KubeTarget target = find(null);
        assertThat(target.server()).isEqualTo(URI.create("https://elsewhere:6443"));
        assertThatThrownBy(() -> target.credentials().resolve(SERVER)).hasMessageContaining("there are no credentials");
        environment.put("FAIRLEAD_KUBERNETES_TOKEN", "for-elsewhere");
        assertThat(header(find(null))).isEqualTo("Bearer for-elsewhere");
    }

    @Test
    @Proves("core.kube.impersonation")
    void find_impersonation_becomesHeadersInOrder() throws IOException {
        Path file = config(
                "c",
                "{token: x, as: boss, as-uid: u1, as-groups: [dev, ops], as-user-extra: {Acme.com/Project: [a, b]}}");
        assertThat(find(file).impersonation())
                .containsExactly(
                        Map.entry("Impersonate-User", "boss"),
                        Map.entry("Impersonate-Uid", "u1"),
                        Map.entry("Impersonate-Group", "dev"),
                        Map.entry("Impersonate-Group", "ops"),
                        Map.entry("Impersonate-Extra-acme.com%2Fproject", "a"),
                        Map.entry("Impersonate-Extra-acme.com%2Fproject", "b"));
        assertThat(find(file).describe().get(2).value()).isEqualTo("token of user ann, acting as boss");
    }

    @Test
    @Proves("core.kube.token-file")
    void credentials_tokenFileThatRotates_areReadAgain() throws IOException {
        Path token = Files.writeString(folder.resolve("t"), "one");
        KubeTarget target = find(config("c", "{tokenFile: t}"));
        assertThat(header(target)).isEqualTo("Bearer one");
        Files.writeString(token, "two");
        Files.setLastModifiedTime(token, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(header(target)).isEqualTo("Bearer two");
    }

    @Test
    @Proves("core.kube.in-cluster")
    void find_inAPod_usesItsServiceAccountAndRotatedToken() throws IOException {
        Path account = Files.createDirectories(folder.resolve("serviceaccount"));
        Path token = Files.writeString(account.resolve("token"), "pod-1");
        Files.writeString(account.resolve("namespace"), "jobs\n");
        environment.put("KUBERNETES_SERVICE_HOST", "fd00::1");
        environment.put("KUBERNETES_SERVICE_PORT", "443");
        KubeTarget target = find(null);
        assertThat(target.server()).isEqualTo(URI.create("https://[fd00::1]:443"));
        assertThat(target.namespace()).isEqualTo("jobs");
        assertThat(header(target)).isEqualTo("Bearer pod-1");
        Files.writeString(token, "pod-2-longer");
        assertThat(header(target)).isEqualTo("Bearer pod-2-longer");
    }

    @Test
    void find_inAPodWithAHomeKubeconfigWithoutContext_usesThePod() throws IOException {
        Path account = Files.createDirectories(folder.resolve("serviceaccount"));
        Files.writeString(account.resolve("token"), "pod");
        Files.createDirectories(folder.resolve(".kube"));
        Files.writeString(folder.resolve(".kube/config"), "users: []\n");
        environment.put("KUBERNETES_SERVICE_HOST", "10.1.1.1");
        assertThat(header(find(null))).isEqualTo("Bearer pod");
    }

    @Test
    @Proves("core.kube.jwt")
    void credentials_oidcTokenWithUrlSafePayloadAndFarEnd_isGood() throws IOException {
        String token = jwt("{\"exp\":4000000000,\"name\":\"??>>~~\"}");
        assertThat(token.split("\\.")[1]).matches(".*[-_].*");
        KubeTarget target = find(config("c", "{auth-provider: {name: oidc, config: {id-token: " + token + "}}}"));
        Credential credential = target.credentials().resolve(SERVER).orElseThrow();
        assertThat(credential.expiresAt()).contains(Instant.ofEpochSecond(4_000_000_000L));
        assertThat(credential.headers()).containsEntry("Authorization", "Bearer " + token);
    }

    @Test
    @Proves("core.kube.jwt")
    void credentials_oidcTokenThatEnded_isRefusedWithTheRemedy() throws IOException {
        String token = jwt("{\"exp\":" + clock.instant().plusSeconds(5).getEpochSecond() + "}");
        KubeTarget target = find(config("c", "{auth-provider: {name: oidc, config: {id-token: " + token + "}}}"));
        assertThatThrownBy(() -> target.credentials().resolve(SERVER))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("holds an id-token that ended at 2026-03-01T12:00:05Z")
                .hasMessageContaining("use an exec plugin such as kubelogin")
                .message()
                .doesNotContain(token);
    }

    private static String jwt(String payload) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
    }

    @Test
    void find_proxyOfAnotherKindOrBadServer_isRefused() throws IOException {
        Path file = config("c", "{token: x}");
        String text = Files.readString(file);
        Path socks = Files.writeString(
                folder.resolve("socks"), text.replace("6443/\"", "6443/\", proxy-url: \"socks5://p:1\""));
        assertThatThrownBy(() -> find(socks))
                .hasMessageContaining(
                        "clusters[dev].proxy-url must be an http address with a host: other kinds of proxy are not supported");
        Path bare = Files.writeString(folder.resolve("bare"), text.replace("https://10.0.0.1:6443/", "10.0.0.1:6443"));
        assertThatThrownBy(() -> find(bare)).hasMessageContaining("clusters[dev].server must be an");
    }
}
