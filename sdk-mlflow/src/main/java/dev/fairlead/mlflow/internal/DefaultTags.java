package dev.fairlead.mlflow.internal;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What every run says of its origin, in MLflow's own tags where it has them. */
final class DefaultTags {
    private static final int LONGEST = 500;
    private static final Path NAMESPACE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    private DefaultTags() {}

    /** What does not change while the program runs: a commit made later is not the one it was built from. */
    private static final class OfProcess {
        static final Map<String, String> TAGS =
                of(System::getenv, Path.of(System.getProperty("user.dir", ".")), NAMESPACE);
    }

    static String user() {
        return System.getProperty("user.name", "unknown");
    }

    static Map<String, String> of(String user) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("mlflow.user", user);
        tags.put("mlflow.source.type", "JOB");
        tags.put("mlflow.source.name", program());
        tags.put("java.version", System.getProperty("java.version", "unknown"));
        tags.putAll(OfProcess.TAGS);
        return tags;
    }

    /** Returns what the surroundings tell: the commit of the working folder, the pod. */
    static Map<String, String> of(UnaryOperator<@Nullable String> environment, Path folder, Path namespaceFile) {
        Map<String, String> tags = new LinkedHashMap<>(GitFolder.tags(folder));
        String pod = environment.apply("HOSTNAME");
        if (environment.apply("KUBERNETES_SERVICE_HOST") != null && pod != null && !pod.isBlank()) {
            tags.put("kubernetes.pod", pod);
            GitFolder.read(namespaceFile).ifPresent(namespace -> tags.put("kubernetes.namespace", namespace));
        }
        return tags;
    }

    /** Returns the main class or jar; arguments may hold secrets and are left out. */
    private static String program() {
        String command = System.getProperty("sun.java.command", "").strip();
        int end = command.indexOf(' ');
        String program = end < 0 ? command : command.substring(0, end);
        return program.isEmpty() ? "java" : program.substring(0, Math.min(program.length(), LONGEST));
    }
}
