package dev.fairlead.contract.airflow;

import dev.fairlead.contract.Crds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays the Spark operator, whose images nothing runs here: an application gets its driver's pod and the states of one that goes well. */
final class SparkCluster implements AutoCloseable {
    private static final ResourceDefinitionContext APPLICATIONS = new ResourceDefinitionContext.Builder()
            .withGroup("sparkoperator.k8s.io")
            .withVersion("v1beta2")
            .withKind("SparkApplication")
            .withPlural("sparkapplications")
            .withNamespaced(true)
            .build();

    /** The kind without its rules, for machines that have not got the operator's own definition. */
    private static final String ANY = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: sparkapplications.sparkoperator.k8s.io
            spec:
              group: sparkoperator.k8s.io
              scope: Namespaced
              names: {kind: SparkApplication, listKind: SparkApplicationList, plural: sparkapplications, singular: sparkapplication}
              versions:
              - name: v1beta2
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """;

    private final KubernetesClient cluster;
    private final Watch watch;

    private SparkCluster(KubernetesClient cluster, Watch watch) {
        this.cluster = cluster;
        this.watch = watch;
    }

    /** Makes the kind known, and plays from now on in a namespace. */
    static SparkCluster start(KubernetesClient cluster, String namespace) {
        String definition = Crds.find("spark/sparkapplications.yaml")
                .map(SparkCluster::read)
                .orElse(ANY);
        cluster.load(new ByteArrayInputStream(definition.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
        Watch watch =
                Eventually.get("the kind SparkApplication", Duration.ofSeconds(30), () -> watch(cluster, namespace));
        return new SparkCluster(cluster, watch);
    }

    private static Optional<Watch> watch(KubernetesClient cluster, String namespace) {
        try {
            return Optional.of(cluster.genericKubernetesResources(APPLICATIONS)
                    .inNamespace(namespace)
                    .watch(new Watcher<>() {
                        @Override
                        public void eventReceived(Action action, GenericKubernetesResource application) {
                            if (action == Action.ADDED) {
                                play(cluster, application);
                            }
                        }

                        @Override
                        public void onClose(WatcherException cause) {
                            // the run then ends by its own limit
                        }
                    }));
        } catch (KubernetesClientException e) {
            return Optional.empty(); // the kind is not known yet
        }
    }

    /** The operator's own definition, which stands with those of Seldon. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void play(KubernetesClient cluster, GenericKubernetesResource application) {
        String namespace = application.getMetadata().getNamespace();
        String name = application.getMetadata().getName();
        Map<String, String> labels = new LinkedHashMap<>();
        Map<?, ?> driver = application.get("spec", "driver");
        ((Map<?, ?>) driver.get("labels")).forEach((k, v) -> labels.put(String.valueOf(k), String.valueOf(v)));
        labels.put("spark-role", "driver");
        labels.put("kubernetes_pod_operator", "True"); // lets the pod end by itself
        cluster.pods()
                .inNamespace(namespace)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name + "-driver")
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .addNewContainer()
                        .withName("spark-kubernetes-driver")
                        .withImage(application.<String>get("spec", "image"))
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        application.setAdditionalProperty(
                "status",
                Map.of(
                        "applicationState", Map.of("state", "RUNNING"),
                        "driverInfo", Map.of("podName", name + "-driver")));
        cluster.genericKubernetesResources(APPLICATIONS)
                .inNamespace(namespace)
                .resource(application)
                .patchStatus();
    }

    /** Returns the applications whose driver has this label. */
    List<GenericKubernetesResource> applications(String namespace, String label, String value) {
        return cluster.genericKubernetesResources(APPLICATIONS).inNamespace(namespace).list().getItems().stream()
                .filter(a -> value.equals(a.get("spec", "driver", "labels", label)))
                .toList();
    }

    @Override
    public void close() {
        watch.close();
        cluster.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("sparkapplications.sparkoperator.k8s.io")
                .delete();
    }
}
