package dev.fairlead.seldon;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.KubeAccess;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every object of the namespace that a deployment names and needs, with the place that names it. */
final class References {
    static final KubeAccess.Kind SECRET = new KubeAccess.Kind("", "v1", "secrets", "Secret", true);
    static final KubeAccess.Kind SERVICE_ACCOUNT =
            new KubeAccess.Kind("", "v1", "serviceaccounts", "ServiceAccount", true);
    static final KubeAccess.Kind CLAIM =
            new KubeAccess.Kind("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", true);

    private final List<Reference> found = new ArrayList<>();

    private References() {}

    /**
     * Is one thing that is named.
     *
     * @param place where it is named
     * @param kind its kind
     * @param name its name
     * @param key the entry that must be in it; empty for none
     */
    record Reference(String place, KubeAccess.Kind kind, String name, String key) {}

    static List<Reference> of(SeldonDeployment deployment) {
        References references = new References();
        for (int i = 0; i < deployment.predictors().size(); i++) {
            references.predictor(deployment.predictors().get(i), "predictors[" + i + "].");
        }
        return references.found;
    }

    private void predictor(PredictorSpec predictor, String at) {
        if (predictor.graph() != null) {
            for (Map.Entry<String, GraphNode> entry : GraphRules.all(predictor.graph())) {
                GraphNode node = entry.getValue();
                model(at + entry.getKey(), node.modelUri(), node.envSecretRefName(), node.serviceAccountName());
            }
        }
        predictor.explainer().ifPresent(e -> {
            model(at + "explainer", e.modelUri(), e.envSecretRefName(), e.serviceAccountName());
            e.container().ifPresent(pod -> pod(at + "explainer.containerSpec", pod));
        });
        predictor.certSecretName().ifPresent(name -> add(at + "ssl.certSecretName", SECRET, name, ""));
        predictor.orchestrator().ifPresent(o -> o.variables().forEach(v -> variable(at + "svcOrchSpec", v.tree())));
        for (int i = 0; i < predictor.componentSpecs().size(); i++) {
            String place = at + "componentSpecs[" + i + "]";
            predictor.componentSpecs().get(i).pod().ifPresent(pod -> pod(place, pod));
        }
    }

    private void model(String at, Optional<URI> uri, Optional<String> secret, Optional<String> account) {
        secret.filter(name -> uri.isPresent()).ifPresent(name -> add(at + ".envSecretRefName", SECRET, name, ""));
        account.ifPresent(name -> add(at + ".serviceAccountName", SERVICE_ACCOUNT, name, ""));
        uri.filter(u -> "pvc".equals(u.getScheme())).ifPresent(u -> add(at + ".modelUri", CLAIM, u.getAuthority(), ""));
    }

    private void pod(String at, PodTemplate pod) {
        Map<String, Object> spec = pod.specTree();
        add(at + ".serviceAccountName", SERVICE_ACCOUNT, spec.get("serviceAccountName"), "");
        Trees.objects(spec, "imagePullSecrets").forEach(s -> add(at + ".imagePullSecrets", SECRET, s.get("name"), ""));
        for (Map<String, Object> volume : Trees.objects(spec, "volumes")) {
            String place = at + ".volumes[" + volume.get("name") + "]";
            optional(place, SECRET, Trees.at(volume, "secret"), "secretName", "");
            optional(place, KubeAccess.Kind.CONFIG_MAP, Trees.at(volume, "configMap"), "name", "");
            optional(place, CLAIM, Trees.at(volume, "persistentVolumeClaim"), "claimName", "");
        }
        for (String field : List.of("initContainers", "containers")) {
            for (Map<String, Object> container : Trees.objects(spec, field)) {
                String place = at + "." + field + "[" + container.get("name") + "]";
                Trees.objects(container, "env").forEach(v -> variable(place, v));
                for (Map<String, Object> from : Trees.objects(container, "envFrom")) {
                    optional(place + ".envFrom", SECRET, Trees.at(from, "secretRef"), "name", "");
                    optional(
                            place + ".envFrom", KubeAccess.Kind.CONFIG_MAP, Trees.at(from, "configMapRef"), "name", "");
                }
            }
        }
    }

    private void variable(String at, Map<String, Object> variable) {
        String place = at + ".env[" + variable.get("name") + "]";
        Map<String, Object> secret = Trees.at(variable, "valueFrom", "secretKeyRef");
        Map<String, Object> config = Trees.at(variable, "valueFrom", "configMapKeyRef");
        optional(place, SECRET, secret, "name", Trees.text(secret, "key"));
        optional(place, KubeAccess.Kind.CONFIG_MAP, config, "name", Trees.text(config, "key"));
    }

    private void optional(String place, KubeAccess.Kind kind, Map<String, Object> source, String field, String key) {
        if (!Boolean.TRUE.equals(source.get("optional"))) {
            add(place, kind, source.get(field), key);
        }
    }

    private void add(String place, KubeAccess.Kind kind, @Nullable Object name, String key) {
        if (name instanceof String text && !text.isEmpty()) {
            found.add(new Reference(place, kind, text, key));
        }
    }
}
