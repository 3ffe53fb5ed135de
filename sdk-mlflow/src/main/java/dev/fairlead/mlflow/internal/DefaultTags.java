package dev.fairlead.mlflow.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/** What every run says of its origin, in MLflow's own tags. */
final class DefaultTags {
    private DefaultTags() {}

    static String user() {
        return System.getProperty("user.name", "unknown");
    }

    static Map<String, String> of(String user) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("mlflow.user", user);
        tags.put("mlflow.source.type", "JOB");
        tags.put("mlflow.source.name", program());
        tags.put("java.version", System.getProperty("java.version", "unknown"));
        return tags;
    }

    /** Returns the main class or jar; arguments may hold secrets and are left out. */
    private static String program() {
        String command = System.getProperty("sun.java.command", "").strip();
        int end = command.indexOf(' ');
        String program = end < 0 ? command : command.substring(0, end);
        return program.isEmpty() ? "java" : program.substring(0, Math.min(program.length(), 500));
    }
}
