package dev.fairlead.internal.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every setting there is: its key, whether it is a secret, and the service's own variable for it. {@code docs/config.md} lists the same. */
public final class Keys {
    /** The services that settings can be about. */
    public static final List<String> SERVICES = List.of("mlflow", "airflow", "seldon", "prometheus");

    private static final List<String> OF_A_SERVICE = List.of(
            "uri",
            "token",
            "username",
            "password",
            "ca-file",
            "client-certificate",
            "client-key",
            "insecure-tls",
            "proxy",
            "timeout");
    private static final List<String> OTHERS = List.of(
            "mlflow.artifact-root",
            "mlflow.workspace",
            "mlflow.experiment",
            "mlflow.experiment-id",
            "mlflow.run-id",
            "airflow.dags-dir",
            "airflow.dags-username",
            "airflow.dags-password",
            "airflow.dags-token",
            "airflow.python",
            "s3.endpoint",
            "s3.region",
            "s3.access-key",
            "s3.secret-key",
            "kubernetes.kubeconfig",
            "kubernetes.context",
            "kubernetes.namespace",
            "kubernetes.server",
            "kubernetes.token",
            "kubernetes.ca-file",
            "retry.max-attempts",
            "retry.base",
            "retry.longest",
            "retry.budget",
            "timeouts.connect",
            "timeouts.call",
            "timeouts.idle");
    private static final Map<String, String> NATIVE = Map.ofEntries(
            Map.entry("mlflow.uri", "MLFLOW_TRACKING_URI"),
            Map.entry("mlflow.token", "MLFLOW_TRACKING_TOKEN"),
            Map.entry("mlflow.username", "MLFLOW_TRACKING_USERNAME"),
            Map.entry("mlflow.password", "MLFLOW_TRACKING_PASSWORD"),
            Map.entry("mlflow.ca-file", "MLFLOW_TRACKING_SERVER_CERT_PATH"),
            Map.entry("mlflow.client-certificate", "MLFLOW_TRACKING_CLIENT_CERT_PATH"),
            Map.entry("mlflow.insecure-tls", "MLFLOW_TRACKING_INSECURE_TLS"),
            Map.entry("mlflow.workspace", "MLFLOW_WORKSPACE"),
            Map.entry("mlflow.experiment", "MLFLOW_EXPERIMENT_NAME"),
            Map.entry("mlflow.experiment-id", "MLFLOW_EXPERIMENT_ID"),
            Map.entry("mlflow.run-id", "MLFLOW_RUN_ID"),
            Map.entry("kubernetes.kubeconfig", "KUBECONFIG"));

    private static final Pattern SECRET = Pattern.compile("[.-](token|password|secret-key)$");
    private static final Map<String, Boolean> ALL = all();

    private Keys() {}

    private static Map<String, Boolean> all() {
        Map<String, Boolean> keys = new LinkedHashMap<>();
        for (String service : SERVICES) {
            OF_A_SERVICE.forEach(k -> keys.put(service + "." + k, k.equals("token") || k.equals("password")));
        }
        OTHERS.forEach(k -> keys.put(k, SECRET.matcher(k).find()));
        return Collections.unmodifiableMap(keys);
    }

    /** Returns all keys, in the order they are described in. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** Tells whether there is such a key. */
    public static boolean known(String key) {
        return ALL.containsKey(key);
    }

    static boolean secret(String key) {
        return Boolean.TRUE.equals(ALL.get(key));
    }

    static String property(String key) {
        return "fairlead." + key;
    }

    static String variable(String key) {
        return "FAIRLEAD_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static Optional<String> nativeVariable(String key) {
        return Optional.ofNullable(NATIVE.get(key));
    }

    /** Returns the known key that looks most like a wrong one. */
    public static String nearest(String wrong) {
        List<String> keys = new ArrayList<>(ALL.keySet());
        keys.sort(Comparator.comparingInt(k -> distance(k, wrong)));
        return keys.get(0);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
