package dev.fairlead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.credentials.Credential;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.internal.config.Surroundings;
import dev.fairlead.spi.PlatformHooks;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.ServiceErrors;
import dev.fairlead.spi.ServiceSpec;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final URI ANYWHERE = URI.create("http://127.0.0.1:1");

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();

    private MlPlatform platform() {
        return platform(b -> b);
    }

    private MlPlatform platform(UnaryOperator<MlPlatform.Builder> more) {
        MlPlatform.Builder builder = more.apply(MlPlatform.builder()).withoutKubernetes();
        PlatformHooks.of(builder).surroundings(new Surroundings(environment::get, properties::get, home));
        return builder.build();
    }

    private URI mlflowUri(MlPlatform platform) {
        return PlatformSpi.of(platform)
                .http(new ServiceSpec("mlflow", ServiceErrors.byStatus()))
                .baseUri();
    }

    private Path config(String yaml) throws IOException {
        Path file = home.resolve(".config/fairlead/config.yaml");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, yaml);
    }

    @Proves("core.config.sources")
    @Test
    void uri_eachSourceInTurn_theEarlierWins() throws IOException {
        config("mlflow:\n  uri: http://file:1\n");
        assertThat(mlflowUri(platform())).isEqualTo(URI.create("http://file:1"));
        environment.put("MLFLOW_TRACKING_URI", "http://native:1");
        assertThat(mlflowUri(platform())).isEqualTo(URI.create("http://native:1"));
        environment.put("FAIRLEAD_MLFLOW_URI", "http://ours:1/");
        assertThat(mlflowUri(platform())).isEqualTo(URI.create("http://ours:1"));
        properties.put("fairlead.mlflow.uri", "http://property:1");
        assertThat(mlflowUri(platform())).isEqualTo(URI.create("http://property:1"));
        assertThat(mlflowUri(platform(b -> b.endpoint("mlflow", e -> e.uri("http://builder:1")))))
                .isEqualTo(URI.create("http://builder:1"));
    }

    @Proves("core.config.sources")
    @Test
    void setting_inTheProgram_winsButForItsOwnMethods() {
        environment.put("FAIRLEAD_MLFLOW_URI", "http://ours:1");
        assertThat(mlflowUri(platform(b -> b.setting("mlflow.uri", "http://program:1"))))
                .isEqualTo(URI.create("http://program:1"));
        assertThatThrownBy(() -> platform(b -> b.setting("mlflow.url", "http://program:1")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "invalid MlPlatform: setting must be one of the settings, such as mlflow.uri, was 'mlflow.url'");
    }

    @Proves("core.config.describe")
    @Test
    void describe_manySources_namesEachAndHidesSecrets() throws IOException {
        config("mlflow.uri: http://file:1\ntimeouts:\n  call: 2m\n");
        environment.put("FAIRLEAD_AIRFLOW_URI", "https://airflow:8080");
        environment.put("FAIRLEAD_AIRFLOW_USERNAME", "ann");
        environment.put("FAIRLEAD_AIRFLOW_PASSWORD", "hunter2");
        properties.put("fairlead.mlflow.token", "hunter3");
        String text = platform(b -> b.retry(r -> r.withMaxAttempts(7))).describe();
        assertThat(text).doesNotContain("hunter");
        assertThat(text.lines().map(l -> l.replaceAll(" {2,}", " | ")))
                .contains(
                        "mlflow.uri | http://file:1 | file " + home.resolve(".config/fairlead/config.yaml"),
                        "mlflow credentials | bearer token given in the settings | system property fairlead.mlflow.token",
                        "airflow.uri | https://airflow:8080 | environment FAIRLEAD_AIRFLOW_URI",
                        "airflow credentials | user ann and password given in the settings | environment FAIRLEAD_AIRFLOW_USERNAME",
                        "seldon | not set",
                        "kubernetes | none | no cluster is configured",
                        "retry | 7 attempts, pauses 100 ms to 20000 ms, budget 500 | builder",
                        "timeouts | connect 10000 ms, call 120000 ms, idle 30000 ms | timeouts.call from file "
                                + home.resolve(".config/fairlead/config.yaml"));
    }

    @Proves("core.config.bad-file")
    @Test
    void file_unknownKeys_namesFileKeysAndNearest() throws IOException {
        Path file = config("mlflow:\n  url: http://x:1\nretry.max-atempts: 3\n");
        assertThatThrownBy(this::platform)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the settings file " + file
                        + " has 2 problems: unknown key 'mlflow.url', did you mean 'mlflow.uri'?; unknown key"
                        + " 'retry.max-atempts', did you mean 'retry.max-attempts'?");
    }

    @Proves("core.config.bad-file")
    @Test
    void file_brokenOrMissing_namesIt() throws IOException {
        Path file = config("mlflow: [");
        assertThatThrownBy(this::platform)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("the settings file " + file + " is not valid YAML");
        environment.put("FAIRLEAD_CONFIG", home.resolve("other.yaml").toString());
        assertThatThrownBy(this::platform)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("named by FAIRLEAD_CONFIG, does not exist");
        Path list = Files.writeString(home.resolve("list.yaml"), "- a\n- b\n");
        assertThatThrownBy(() -> platform(b -> b.configFile(list)))
                .hasMessageContaining("the file must hold keys with values");
        Path nested = Files.writeString(home.resolve("nested.yaml"), "mlflow.uri: [a]\n");
        assertThatThrownBy(() -> platform(b -> b.configFile(nested)))
                .hasMessageContaining("the value of 'mlflow.uri' must be one text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FAIRLEAD_MLFLOW_URI|localhost:5000|the setting mlflow.uri must be an http or https address",
                "FAIRLEAD_MLFLOW_URI|http://ann:hunter2@x|without a user in it, was 'http://***@x' (environment FAIRLEAD_MLFLOW_URI)",
                "FAIRLEAD_MLFLOW_TIMEOUT|soon|the setting mlflow.timeout must be a duration such as 500ms, 30s, 5m or PT30S, was 'soon'",
                "FAIRLEAD_MLFLOW_INSECURE_TLS|maybe|the setting mlflow.insecure-tls must be true or false, was 'maybe'",
            })
    void setting_wrong_namesKeyRuleValueSource(String variable, String value, String message) {
        environment.put("FAIRLEAD_MLFLOW_URI", "http://x:1");
        environment.put(variable, value);
        assertThatThrownBy(() -> mlflowUri(platform()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void retry_wrongNumber_isRefusedAtBuild() {
        environment.put("FAIRLEAD_RETRY_MAX_ATTEMPTS", "0");
        assertThatThrownBy(this::platform)
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("invalid setting: retry.max-attempts must be at least 1, was 0");
    }

    @Proves("core.auth.per-service")
    @Test
    void credentials_perService_areChosenInOrder() throws IOException {
        Path ini = home.resolve(".mlflow/credentials");
        Files.createDirectories(ini.getParent());
        Files.writeString(ini, "[mlflow]\nmlflow_tracking_username = ini\nmlflow_tracking_password = p\n");
        assertThat(credential("mlflow")).isEqualTo(Credential.basic("ini", "p"));
        assertThat(PlatformSpi.of(platform()).credentials("airflow").resolve(ANYWHERE))
                .isEmpty();
        environment.put("MLFLOW_TRACKING_TOKEN", "native");
        assertThat(credential("mlflow")).isEqualTo(Credential.bearer("native"));
        environment.put("MLFLOW_TRACKING_USERNAME", "ann");
        environment.put("MLFLOW_TRACKING_PASSWORD", "q");
        assertThat(credential("mlflow")).isEqualTo(Credential.basic("ann", "q"));
    }

    private Credential credential(String service) {
        return PlatformSpi.of(platform()).credentials(service).resolve(ANYWHERE).orElseThrow();
    }

    @Test
    void credentials_userWithoutPassword_stops() {
        environment.put("FAIRLEAD_MLFLOW_USERNAME", "ann");
        assertThatThrownBy(() -> credential("mlflow"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the setting mlflow.username (environment FAIRLEAD_MLFLOW_USERNAME) stands alone: set"
                        + " mlflow.password too, or neither");
    }

    @Test
    void endpoint_wrong_listsEveryProblem() {
        assertThatThrownBy(() -> MlPlatform.builder()
                        .endpoint("mlflow", e -> e.uri("ftp://x").clientCertificate(Path.of("c.pem"))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("invalid Endpoint, 2 problems:\n"
                        + "  - uri must be an http or https address with a host, was ftp://x\n"
                        + "  - clientKey must be set together with clientCertificate, was not set");
        assertThatThrownBy(() -> MlPlatform.builder().endpoint("mlfow", e -> e.uri("http://x")))
                .hasMessage(
                        "invalid MlPlatform: endpoint must name one of [mlflow, airflow, seldon, prometheus], was 'mlfow'");
    }

    @Test
    void tls_fileMissing_namesIt() {
        MlPlatform platform =
                platform(b -> b.endpoint("mlflow", e -> e.uri("https://x").caFile(home.resolve("ca.pem"))));
        assertThatThrownBy(() -> mlflowUri(platform))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the TLS file " + home.resolve("ca.pem") + " does not exist or cannot be read");
    }

    @Proves("core.config.sources")
    @Test
    void mlflow_itsOwnVariables_rankJustBelowOurs() {
        environment.put("MLFLOW_WORKSPACE", "team-a");
        environment.put("MLFLOW_EXPERIMENT_NAME", "flights");
        environment.put("MLFLOW_EXPERIMENT_ID", "7");
        environment.put("MLFLOW_RUN_ID", "r1");
        environment.put("FAIRLEAD_MLFLOW_RUN_ID", "r2");
        PlatformSpi spi = PlatformSpi.of(platform());

        assertThat(spi.setting("mlflow", "workspace")).contains("team-a");
        assertThat(spi.setting("mlflow", "experiment")).contains("flights");
        assertThat(spi.setting("mlflow", "experiment-id")).contains("7");
        assertThat(spi.setting("mlflow", "run-id")).contains("r2");
    }

    @Test
    void mlflow_loginOfPython_stopsTheCallWithTheRemedyUnlessCredentialsAreGiven() {
        environment.put("MLFLOW_TRACKING_URI", "http://mlflow:5000");
        environment.put("MLFLOW_TRACKING_AUTH", "kubernetes-namespaced");
        assertThatThrownBy(
                        () -> PlatformSpi.of(platform()).credentials("mlflow").resolve(ANYWHERE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("MLFLOW_TRACKING_AUTH=kubernetes-namespaced")
                .hasMessageContaining("tokenFile")
                .hasMessageContaining("workspace(platform.namespace())");
        assertThat(platform().describe()).contains("environment MLFLOW_TRACKING_AUTH");

        environment.put("MLFLOW_TRACKING_TOKEN", "s3cret");
        assertThat(PlatformSpi.of(platform()).credentials("mlflow").resolve(ANYWHERE))
                .hasValueSatisfying(c -> assertThat(c.headers()).containsEntry("Authorization", "Bearer s3cret"));
    }
}
