package dev.fairlead.contract.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.OperationFailedException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.kubernetes.ApplyPlan;
import dev.fairlead.kubernetes.FieldConflictException;
import dev.fairlead.kubernetes.KubernetesObjects;
import dev.fairlead.kubernetes.PodStatus;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Objects are planned, applied and awaited, on the fake and on the real API server. */
abstract class KubeObjectsContract extends KubeSuite {
    @Test
    @Proves("core.apply.plan")
    void plan_beforeApply_listsTheChangedFieldsAndWritesNothing() {
        KubernetesObjects objects = KubernetesObjects.of(platform);
        Map<String, Object> first = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", "a", "labels", Map.of("team", "ml")),
                "data",
                Map.of("x", "1", "y", "1"));
        ApplyPlan creating = objects.plan(first);
        assertThat(creating.creates()).isTrue();
        assertThat(creating.object()).isEqualTo("ConfigMap " + ns + "/a");
        assertThat(creating.changes())
                .extracting(ApplyPlan.FieldChange::toString)
                .containsExactlyInAnyOrder("+ .metadata.labels.team: ml", "+ .data.x: 1", "+ .data.y: 1");
        assertThat(kube.find(Kind.CONFIG_MAP, ns, "a")).isEmpty();

        Object revision = revision(objects.apply(first));
        assertThat(objects.plan(first).isEmpty()).isTrue();
        Map<String, Object> second = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", "a"),
                "data",
                Map.of("x", "2", "z", "3"));
        assertThat(objects.plan(second).changes())
                .extracting(ApplyPlan.FieldChange::toString)
                .containsExactlyInAnyOrder(
                        "- .metadata.labels.team: ml", "~ .data.x: 1 -> 2", "+ .data.z: 3", "- .data.y: 1");
        assertThat(revision(kube.get(Kind.CONFIG_MAP, ns, "a"))).isEqualTo(revision);
    }

    @Test
    @Proves("core.apply.plan")
    void plan_containersAndSecrets_areComparedByNameAndHidden() {
        KubernetesObjects objects = KubernetesObjects.of(platform);
        PodTemplate pod =
                PodTemplate.builder("registry.local/web:1").mainContainer("web").build();
        objects.apply(withKind(deployment(pod), "apps/v1", "Deployment"));
        ApplyPlan plan = objects.plan(
                withKind(deployment(pod.with(p -> p.image("registry.local/web:2"))), "apps/v1", "Deployment"));
        assertThat(plan.changes())
                .extracting(ApplyPlan.FieldChange::toString)
                .containsExactly(
                        "~ .spec.template.spec.containers[web].image: registry.local/web:1 -> registry.local/web:2");
        Map<String, Object> secret =
                withKind(Map.of("metadata", Map.of("name", "s"), "data", Map.of("key", "Y2FuYXJ5")), "v1", "Secret");
        assertThat(objects.plan(secret).toString()).contains("+ .data.key: ***").doesNotContain("Y2FuYXJ5");
    }

    private static Map<String, Object> withKind(Map<String, Object> object, String apiVersion, String kind) {
        Map<String, Object> named = new LinkedHashMap<>(object);
        named.put("apiVersion", apiVersion);
        named.put("kind", kind);
        return named;
    }

    @Test
    void plan_fieldsOfAnother_isRefusedAsTheApplyWouldBe() {
        KubernetesObjects objects = KubernetesObjects.of(platform);
        Map<String, Object> mine = withKind(configMap("a", Map.of("x", "1")), "v1", "ConfigMap");
        Map<String, Object> yours = withKind(configMap("a", Map.of("x", "2")), "v1", "ConfigMap");
        objects.fieldManager("alice").apply(mine);
        assertThatThrownBy(() -> objects.plan(yours)).isInstanceOf(FieldConflictException.class);
        assertThat(objects.forced().plan(yours).changes()).hasSize(1);
        assertThatThrownBy(() -> objects.apply(withKind(configMap("a", Map.of()), "nowhere.example.org/v1", "Thing")))
                .isInstanceOf(UnsupportedByServerException.class);
        assertThatThrownBy(() -> objects.apply(withKind(configMap("a", Map.of()), "v1", "Thing")))
                .isInstanceOf(UnsupportedByServerException.class)
                .hasMessageContaining("no kind Thing in v1");
        assertThatThrownBy(() -> objects.apply(Map.of("kind", "ConfigMap")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("2 problems")
                .hasMessageContaining("apiVersion must be set");
    }

    @Test
    @Proves("core.wait.pod")
    void pod_thatStarts_isAwaited() {
        KubernetesObjects objects = KubernetesObjects.of(platform);
        objects.apply(PodTemplate.builder("registry.local/x:1").build().toPod("p"));
        PodStatus status = objects.pod(ns, "p").await(Duration.ofSeconds(30));
        assertThat(status.ready()).isTrue();
        assertThat(status.phase()).isEqualTo("Running");
        assertThat(objects.operation(ns + "/p").await(Duration.ofSeconds(5)).name())
                .isEqualTo("p");
    }

    @Test
    @Proves("core.wait.pod")
    void pod_whoseImageCannotBePulled_failsAtOnceWithTheReason() {
        KubernetesObjects objects = KubernetesObjects.of(platform);
        objects.apply(PodTemplate.builder("registry.local/none:1")
                .putLabel("fairlead.dev/fault", "ImagePullBackOff")
                .build()
                .toPod("p"));
        long start = System.nanoTime();
        assertThatThrownBy(() -> objects.pod(ns, "p").await(Duration.ofSeconds(60)))
                .isInstanceOfSatisfying(OperationFailedException.class, e -> {
                    assertThat(e.state()).isEqualTo("ImagePullBackOff");
                    assertThat(e.operationId()).isEqualTo(ns + "/p");
                })
                .hasMessageStartingWith("pod " + ns + "/p does not start: ImagePullBackOff of container main");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    @Proves("core.wait.pod")
    void pod_thatNoNodeCanTake_tellsTheSchedulersReasonAsProgress() {
        KubernetesObjects objects = KubernetesObjects.of(platform);
        objects.apply(PodTemplate.builder("registry.local/x:1")
                .putNodeSelector("no-such", "node")
                .build()
                .toPod("p"));
        List<String> told = new ArrayList<>();
        assertThatThrownBy(() -> objects.pod(ns, "p")
                        .onProgress(progress -> told.add(progress.state() + " " + progress.detail()))
                        .await(Duration.ofSeconds(3)))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("Unschedulable");
        assertThat(told).anyMatch(text -> text.startsWith("Pending Unschedulable: 0/"));
    }
}
