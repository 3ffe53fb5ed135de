package dev.fairlead.contract.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.kubernetes.FieldConflictException;
import dev.fairlead.kubernetes.FieldConflictException.FieldConflict;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.KubeAccess.Apply;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Poller;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What we rely on of a Kubernetes API server, on the fake and on the real one. */
abstract class KubeContract extends KubeSuite {
    static final Kind GADGET = new Kind("fairlead.dev", "v1", "gadgets", "Gadget", true);
    private static final Kind DEFINITION =
            new Kind("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false);
    private static final Apply ALICE = new Apply("alice", false, false);
    private static final Apply BOB = new Apply("bob", false, false);

    @Test
    void version_ofTheServer_isAKubernetesVersion() {
        assertThat(kube.version()).matches("v1\\.[0-9]+\\.[0-9]+.*");
        assertThat(kube.namespace()).isEqualTo(ns);
    }

    @Test
    @Proves("core.apply.ssa")
    void apply_absentThenChangedThenShorter_createsChangesAndRemoves() {
        Map<String, Object> first = kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1", "y", "1")), ALICE);
        assertThat(at(first, "data")).isEqualTo(Map.of("x", "1", "y", "1"));

        Map<String, Object> second = kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "2")), ALICE);
        assertThat(at(second, "data")).isEqualTo(Map.of("x", "2"));
        assertThat(at(second, "metadata").get("uid"))
                .isEqualTo(at(first, "metadata").get("uid"));

        Map<String, Object> third = kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of()), ALICE);
        assertThat(at(third, "data")).isEmpty();
    }

    @Test
    void apply_nothingNew_keepsTheRevision() {
        Map<String, Object> first = kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1")), ALICE);
        Map<String, Object> again = kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1")), ALICE);
        assertThat(revision(again)).isEqualTo(revision(first));
    }

    @Test
    @Proves("core.apply.conflict")
    void apply_fieldsOfAnother_isRefusedNamingFieldsAndOwnersAndChangesNothing() {
        kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1", "y", "1", "z", "1")), ALICE);
        assertThatThrownBy(() -> kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "2", "y", "2", "z", "1")), BOB))
                .isInstanceOfSatisfying(FieldConflictException.class, e -> {
                    assertThat(e.conflicts())
                            .containsExactlyInAnyOrder(
                                    new FieldConflict(".data.x", "alice"), new FieldConflict(".data.y", "alice"));
                    assertThat(e.code()).isEqualTo("Conflict");
                    assertThat(e.reason()).startsWith("Apply failed with 2 conflicts: conflicts with \"alice\":");
                    assertThat(e.retryable()).isFalse();
                });
        assertThat(at(kube.get(Kind.CONFIG_MAP, ns, "a"), "data")).isEqualTo(Map.of("x", "1", "y", "1", "z", "1"));
    }

    @Test
    @Proves("core.apply.conflict")
    void apply_forced_takesTheFieldsOver() {
        kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1", "y", "1")), ALICE);
        Map<String, Object> taken = kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "2")), BOB.forced());
        assertThat(at(taken, "data")).isEqualTo(Map.of("x", "2", "y", "1"));
        assertThatThrownBy(() -> kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1", "y", "1")), ALICE))
                .isInstanceOfSatisfying(FieldConflictException.class, e -> {
                    assertThat(e.conflicts()).containsExactly(new FieldConflict(".data.x", "bob"));
                    assertThat(e.reason()).isEqualTo("Apply failed with 1 conflict: conflict with \"bob\": .data.x");
                });
    }

    @Test
    void apply_sameValueByTwo_isSharedAndStaysUntilBothLetGo() {
        kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1", "y", "1")), ALICE);
        kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1")), BOB);
        Map<String, Object> released = kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("y", "1")), ALICE);
        assertThat(at(released, "data")).isEqualTo(Map.of("x", "1", "y", "1"));
        Map<String, Object> gone = kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of()), BOB);
        assertThat(at(gone, "data")).isEqualTo(Map.of("y", "1"));
    }

    @Test
    void apply_itemsOfAList_areOwnedOneByOne() {
        PodTemplate pod = PodTemplate.builder("registry.local/web:1")
                .mainContainer("web")
                .putEnv("A", "1")
                .build();
        kube.apply(Kind.DEPLOYMENT, deployment(pod), ALICE);
        Map<String, Object> container = Map.of("name", "web", "env", List.of(Map.of("name", "B", "value", "2")));
        Map<String, Object> template = Map.of("spec", Map.of("containers", List.of(container)));
        Map<String, Object> merged = kube.apply(
                Kind.DEPLOYMENT, Map.of("metadata", Map.of("name", "web"), "spec", Map.of("template", template)), BOB);
        assertThat(merged.toString())
                .contains("image=registry.local/web:1")
                .contains("name=A")
                .contains("name=B");

        Map<String, Object> wrong = Map.of("name", "web", "image", "registry.local/web:2");
        Map<String, Object> other = Map.of("spec", Map.of("containers", List.of(wrong)));
        assertThatThrownBy(() -> kube.apply(
                        Kind.DEPLOYMENT,
                        Map.of("metadata", Map.of("name", "web"), "spec", Map.of("template", other)),
                        BOB))
                .isInstanceOfSatisfying(
                        FieldConflictException.class,
                        e -> assertThat(e.conflicts())
                                .containsExactly(new FieldConflict(
                                        ".spec.template.spec.containers[name=\"web\"].image", "alice")));
    }

    @Test
    void apply_dryRun_answersWhatWouldBeAndWritesNothing() {
        Map<String, Object> would = kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1")), ALICE.asDryRun());
        assertThat(at(would, "data")).isEqualTo(Map.of("x", "1"));
        assertThat(kube.find(Kind.CONFIG_MAP, ns, "a")).isEmpty();

        kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1")), ALICE);
        kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "2")), ALICE.asDryRun());
        assertThat(at(kube.get(Kind.CONFIG_MAP, ns, "a"), "data")).isEqualTo(Map.of("x", "1"));
    }

    @Test
    void apply_afterOurOwnPatch_isNoConflictWithOurselves() {
        kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1")), Apply.DEFAULT);
        kube.mergePatch(Kind.CONFIG_MAP, ns, "a", Map.of("data", Map.of("x", "2")), "");
        Map<String, Object> back = kube.apply(Kind.CONFIG_MAP, configMap("a", Map.of("x", "3")), Apply.DEFAULT);
        assertThat(at(back, "data")).isEqualTo(Map.of("x", "3"));
    }

    @Test
    void create_existing_isAConflict() {
        kube.create(Kind.CONFIG_MAP, configMap("a", Map.of()));
        assertThatThrownBy(() -> kube.create(Kind.CONFIG_MAP, configMap("a", Map.of())))
                .isInstanceOfSatisfying(ConflictException.class, e -> {
                    assertThat(e.code()).isEqualTo("AlreadyExists");
                    assertThat(e.reason()).isEqualTo("configmaps \"a\" already exists");
                });
    }

    @Test
    void create_badNameOrMissingNamespace_isToldApart() {
        assertThatThrownBy(() -> kube.create(Kind.CONFIG_MAP, configMap("Not_A_Name", Map.of())))
                .isInstanceOfSatisfying(InvalidRequestException.class, e -> {
                    assertThat(e.status()).isEqualTo(422);
                    assertThat(e.code()).isEqualTo("Invalid");
                    assertThat(e.reason())
                            .startsWith("ConfigMap \"Not_A_Name\" is invalid: metadata.name: Invalid value:");
                });
        Map<String, Object> elsewhere = Map.of("metadata", Map.of("name", "a", "namespace", "no-such-namespace"));
        assertThatThrownBy(() -> kube.create(Kind.CONFIG_MAP, elsewhere))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        e -> assertThat(e.reason()).isEqualTo("namespaces \"no-such-namespace\" not found"));
    }

    @Test
    void missing_objectAndKind_areToldApart() {
        assertThat(kube.find(Kind.CONFIG_MAP, ns, "none")).isEmpty();
        assertThat(kube.delete(Kind.CONFIG_MAP, ns, "none")).isFalse();
        assertThatThrownBy(() -> kube.get(Kind.CONFIG_MAP, ns, "none"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("kubernetes get configmaps: 404 NotFound: configmaps \"none\" not found");
        Kind unknown = new Kind("nowhere.example.org", "v1", "things", "Thing", true);
        assertThatThrownBy(() -> kube.find(unknown, ns, "x"))
                .isInstanceOf(UnsupportedByServerException.class)
                .hasMessageContaining("install its CustomResourceDefinition");
    }

    @Test
    void delete_existing_tellsThatItWasThere() {
        kube.create(Kind.CONFIG_MAP, configMap("a", Map.of()));
        assertThat(kube.delete(Kind.CONFIG_MAP, ns, "a")).isTrue();
        assertThat(kube.find(Kind.CONFIG_MAP, ns, "a")).isEmpty();
    }

    @Test
    void delete_heldByAFinalizer_waitsForItsRemoval() {
        kube.create(
                Kind.CONFIG_MAP, Map.of("metadata", Map.of("name", "a", "finalizers", List.of("fairlead.dev/test"))));
        assertThat(kube.delete(Kind.CONFIG_MAP, ns, "a")).isTrue();
        assertThat(at(kube.get(Kind.CONFIG_MAP, ns, "a"), "metadata").containsKey("deletionTimestamp"))
                .isTrue();
        kube.mergePatch(Kind.CONFIG_MAP, ns, "a", Map.of("metadata", Map.of("finalizers", List.of())), "");
        assertThat(kube.find(Kind.CONFIG_MAP, ns, "a")).isEmpty();
    }

    @Test
    void mergePatch_withValuesAndNulls_changesAndRemoves() {
        kube.create(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1", "y", "1")));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("x", "2");
        data.put("y", null);
        data.put("z", "3");
        Map<String, Object> patched = kube.mergePatch(Kind.CONFIG_MAP, ns, "a", Map.of("data", data), "");
        assertThat(at(patched, "data")).isEqualTo(Map.of("x", "2", "z", "3"));
    }

    @Test
    void mergePatch_boundToAnOldRevision_isAConflict() {
        Map<String, Object> old = kube.create(Kind.CONFIG_MAP, configMap("a", Map.of("x", "1")));
        kube.mergePatch(Kind.CONFIG_MAP, ns, "a", Map.of("data", Map.of("x", "2")), "");
        Map<String, Object> bound =
                Map.of("metadata", Map.of("resourceVersion", revision(old)), "data", Map.of("x", "3"));
        assertThatThrownBy(() -> kube.mergePatch(Kind.CONFIG_MAP, ns, "a", bound, ""))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("the object has been modified; please apply your changes to the latest version");
    }

    @Test
    void status_ofACustomResource_isASubresourceAndGenerationCountsSpecOnly() {
        defineGadgets();
        Map<String, Object> made = kube.apply(GADGET, gadget(1, "ignored"), ALICE);
        assertThat(made).doesNotContainKey("status");
        assertThat(generation(made)).isEqualTo(1);

        Map<String, Object> status = Map.of("status", Map.of("state", "Ready"));
        Map<String, Object> ready = kube.mergePatch(GADGET, ns, "g", status, "status");
        assertThat(at(ready, "status")).isEqualTo(Map.of("state", "Ready"));
        assertThat(generation(ready)).isEqualTo(1);

        Map<String, Object> grown = kube.apply(GADGET, gadget(2, "ignored"), ALICE);
        assertThat(at(grown, "status")).isEqualTo(Map.of("state", "Ready"));
        assertThat(generation(grown)).isEqualTo(2);
    }

    private static int generation(Map<String, Object> object) {
        return ((Number) at(object, "metadata").get("generation")).intValue();
    }

    private static Map<String, Object> gadget(int size, String state) {
        return Map.of("metadata", Map.of("name", "g"), "spec", Map.of("size", size), "status", Map.of("state", state));
    }

    void defineGadgets() {
        Map<String, Object> open = Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true);
        Map<String, Object> schema = Map.of("type", "object", "properties", Map.of("spec", open, "status", open));
        Map<String, Object> version = Map.of(
                "name",
                "v1",
                "served",
                true,
                "storage",
                true,
                "subresources",
                Map.of("status", Map.of()),
                "schema",
                Map.of("openAPIV3Schema", schema));
        Map<String, Object> spec = Map.of(
                "group",
                "fairlead.dev",
                "scope",
                "Namespaced",
                "names",
                Map.of("plural", "gadgets", "singular", "gadget", "kind", "Gadget", "listKind", "GadgetList"),
                "versions",
                List.of(version));
        kube.apply(DEFINITION, Map.of("metadata", Map.of("name", "gadgets.fairlead.dev"), "spec", spec), ALICE);
        boolean served = kube.watch(
                DEFINITION,
                "",
                "gadgets.fairlead.dev",
                crd -> crd != null && String.valueOf(crd.get("status")).matches(".*type=Established.*"),
                within(10));
        assertThat(served).isTrue();
        Duration often = Duration.ofMillis(50);
        PlatformSpi.of(platform)
                .poller()
                .operation(
                        new Poller.Spec<>("gadgets", "the kind's API", deadline -> gadgetsAnswer(), often, often, null))
                .await(Duration.ofSeconds(10));
    }

    /** A busy server establishes a kind a moment before it serves it. */
    private Poller.Seen<Boolean> gadgetsAnswer() {
        try {
            kube.list(GADGET, ns, null).stream().toList();
            return new Poller.Seen.Done<>(true);
        } catch (UnsupportedByServerException notYet) {
            return new Poller.Seen.Pending<>("established", "not served yet");
        }
    }

    @Test
    void list_byLabel_findsWhatCarriesItWithKindAndNames() {
        for (int i = 0; i < 3; i++) {
            Map<String, Object> labels = Map.of("odd", String.valueOf(i % 2 == 1));
            kube.create(Kind.CONFIG_MAP, Map.of("metadata", Map.of("name", "m" + i, "labels", labels)));
        }
        List<Map<String, Object>> even =
                kube.list(Kind.CONFIG_MAP, ns, "odd=false").stream().toList();
        assertThat(even)
                .extracting(o -> String.valueOf(at(o, "metadata").get("name")))
                .containsExactly("m0", "m2");
        assertThat(even.get(0)).containsEntry("kind", "ConfigMap").containsEntry("apiVersion", "v1");
        assertThat(kube.list(Kind.CONFIG_MAP, ns, "odd notin (true), odd").stream())
                .hasSize(2);
        assertThat(kube.list(Kind.CONFIG_MAP, ns, "!odd,other").stream()).isEmpty();
    }

    @Test
    @Proves("core.watch")
    void watch_changesOfAnObject_areSeenUntilTheConditionHolds() throws Exception {
        List<String> seen = new ArrayList<>();
        CountDownLatch watching = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            try {
                watching.await(10, TimeUnit.SECONDS);
                kube.create(Kind.CONFIG_MAP, configMap("w", Map.of("x", "1")));
                kube.mergePatch(Kind.CONFIG_MAP, ns, "w", Map.of("data", Map.of("x", "2")), "");
                kube.delete(Kind.CONFIG_MAP, ns, "w");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        writer.start();
        boolean gone = kube.watch(
                Kind.CONFIG_MAP,
                ns,
                "w",
                object -> {
                    seen.add(
                            object == null
                                    ? "absent"
                                    : String.valueOf(at(object, "data").get("x")));
                    watching.countDown();
                    return object == null && seen.size() > 1;
                },
                within(20));
        writer.join();
        assertThat(gone).isTrue();
        assertThat(seen).containsExactly("absent", "1", "2", "absent");
    }

    @Test
    void watch_conditionThatNeverHolds_endsAtTheDeadline() {
        assertThat(kube.watch(Kind.CONFIG_MAP, ns, "never", object -> object != null, within(1)))
                .isFalse();
    }

    @Test
    void logs_ofAPodThatHasNotStarted_areEmpty() {
        PodTemplate pod = PodTemplate.builder("registry.local/x:1")
                .putNodeSelector("no-such", "node")
                .build();
        kube.create(Kind.POD, pod.toPod("waiting"));
        assertThat(kube.logs(ns, "waiting", null, 10)).isEmpty();
        assertThatThrownBy(() -> kube.logs(ns, "none", null, 10)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> kube.portForward(ns, "none", 80)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void credentials_unknownToTheServer_areToldAsSuch() {
        try (MlPlatform stranger = MlPlatform.builder()
                .kubeconfig(kubeconfig())
                .kubernetesCredentials(CredentialsProvider.bearer("not-a-token"))
                .build()) {
            assertThatThrownBy(() -> PlatformSpi.of(stranger).kube().get(Kind.CONFIG_MAP, ns, "a"))
                    .isInstanceOf(UnauthenticatedException.class)
                    .message()
                    .contains("log in again")
                    .doesNotContain("not-a-token");
        }
    }
}
