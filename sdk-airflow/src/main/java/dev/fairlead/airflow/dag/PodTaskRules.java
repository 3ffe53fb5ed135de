package dev.fairlead.airflow.dag;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.Problems;
import java.util.List;
import java.util.Map;

/** What holds for a pod that Airflow runs. */
final class PodTaskRules {
    private PodTaskRules() {}

    static void check(PodTask task, Problems at) {
        checkPod(task.pod(), task.evaluatedEnv(), task.evaluatedArgs(), at);
        task.namespace().ifPresent(n -> Connections.checkNamespace(at, n));
        task.connection().ifPresent(c -> Connections.check(at, "connection", c));
        TaskRules.positive(at, "startupTimeout", task.startupTimeout());
        TaskRules.positive(at, "pollInterval", task.pollInterval());
        task.logContainers().forEach(c -> at.requireText("logContainers", c));
        at.require(
                task.copiesLog() || task.logContainers().isEmpty(),
                "logContainers",
                "must be empty where no log is copied",
                task.logContainers());
    }

    static void checkPod(PodTemplate pod, Map<String, Expression> env, List<Expression> args, Problems at) {
        Map<String, Object> spec = pod.specTree();
        Object restart = spec.getOrDefault("restartPolicy", "Never");
        at.require(
                restart.equals("Never"),
                "pod.restartPolicy",
                "must be Never or unset, since Airflow runs the pod once for each try; set retries(…) instead",
                restart);
        at.require(pod.image().isPresent(), "pod.image", "must be set", null);
        checkSecrets(at, spec);
        Texts.checkEnv(at.at("env"), env);
        int i = 0;
        for (Expression arg : args) {
            Texts.check(at, "args[" + i++ + "]", arg);
        }
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
