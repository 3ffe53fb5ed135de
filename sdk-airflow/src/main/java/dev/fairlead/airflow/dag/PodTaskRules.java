package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import java.util.List;
import java.util.Map;

/** What holds for a pod that Airflow runs. */
final class PodTaskRules {
    private static final int MAX_CONNECTION = 200;

    private PodTaskRules() {}

    static void check(PodTask task, Problems at) {
        Map<String, Object> spec = task.pod().specTree();
        Object restart = spec.getOrDefault("restartPolicy", "Never");
        at.require(
                restart.equals("Never"),
                "pod.restartPolicy",
                "must be Never or unset, since Airflow runs the pod once for each try; set retries(…) instead",
                restart);
        at.require(task.pod().image().isPresent(), "pod.image", "must be set", null);
        checkSecrets(at, spec);
        Texts.checkEnv(at.at("env"), task.evaluatedEnv());
        int i = 0;
        for (Expression arg : task.evaluatedArgs()) {
            Texts.check(at, "args[" + i++ + "]", arg);
        }
        task.namespace()
                .ifPresent(n -> at.require(
                        n.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"), "namespace", "must be a namespace's name", n));
        task.connection()
                .ifPresent(c -> at.require(
                        c.matches("[A-Za-z0-9_.-]{1," + MAX_CONNECTION + "}"),
                        "connection",
                        "must be a connection's id",
                        c));
        TaskRules.positive(at, "startupTimeout", task.startupTimeout());
        checkTexts(at.at("pod"), spec);
    }

    private static void checkSecrets(Problems at, Map<String, Object> spec) {
        for (String kind : List.of("containers", "initContainers")) {
            if (spec.get(kind) instanceof List<?> containers) {
                containers.forEach(c -> checkEnv(at, c));
            }
        }
    }

    private static void checkEnv(Problems at, Object container) {
        if (!(container instanceof Map<?, ?> map) || !(map.get("env") instanceof List<?> env)) {
            return;
        }
        for (Object element : env) {
            if (element instanceof Map<?, ?> variable && variable.get("value") instanceof String value) {
                String name = String.valueOf(variable.get("name"));
                Texts.checkName(at.at("env[" + name + "]"), name, value);
            }
        }
    }

    private static void checkTexts(Problems at, Object tree) {
        if (tree instanceof String text) {
            Texts.check(at, "text", text);
        } else if (tree instanceof List<?> list) {
            list.forEach(e -> checkTexts(at, e));
        } else if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                Texts.check(at, "key", String.valueOf(key));
                checkTexts(at.at(String.valueOf(key)), value);
            });
        }
    }
}
