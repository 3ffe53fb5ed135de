package dev.fairlead.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.spi.ValueBuilder;
import dev.fairlead.spi.Yaml;
import dev.fairlead.support.Proves;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodTemplateTest {
    private static PodTemplate train() {
        return PodTemplate.builder("registry.local/train:2.0")
                .command("python", "train.py")
                .args("--epochs", "3")
                .putEnv("MLFLOW_EXPERIMENT", "flights")
                .putSecretEnv("AWS_SECRET_ACCESS_KEY", SecretRef.of("s3", "secretKey"))
                .resources(r -> r.cpu("4").memory("16Gi"))
                .gpu(Gpu.nvidia(1))
                .mount(Volume.claim("data", "flights-data"), "/data")
                .sharedMemory("8Gi")
                .putNodeSelector("nvidia.com/gpu.product", "NVIDIA-H100-80GB-HBM3")
                .runtimeClass("nvidia")
                .serviceAccount("trainer")
                .addImagePullSecret("registry")
                .putLabel("team", "ml")
                .build();
    }

    @Test
    @Proves("core.pod.template")
    void toTree_gpuPod_isWhatAPersonWouldWrite() {
        assertThat(Yaml.write(train().toTree())).isEqualTo("""
                        metadata:
                          labels:
                            team: ml
                        spec:
                          containers:
                          - name: main
                            image: registry.local/train:2.0
                            command:
                            - python
                            - train.py
                            args:
                            - --epochs
                            - '3'
                            env:
                            - name: MLFLOW_EXPERIMENT
                              value: flights
                            - name: AWS_SECRET_ACCESS_KEY
                              valueFrom:
                                secretKeyRef:
                                  name: s3
                                  key: secretKey
                            volumeMounts:
                            - name: data
                              mountPath: /data
                            - name: dshm
                              mountPath: /dev/shm
                            resources:
                              requests:
                                cpu: '4'
                                memory: 16Gi
                                nvidia.com/gpu: '1'
                              limits:
                                memory: 16Gi
                                nvidia.com/gpu: '1'
                          volumes:
                          - name: data
                            persistentVolumeClaim:
                              claimName: flights-data
                          - name: dshm
                            emptyDir:
                              medium: Memory
                              sizeLimit: 8Gi
                          nodeSelector:
                            nvidia.com/gpu.product: NVIDIA-H100-80GB-HBM3
                          runtimeClassName: nvidia
                          serviceAccountName: trainer
                          imagePullSecrets:
                          - name: registry
                          tolerations:
                          - key: nvidia.com/gpu
                            operator: Exists
                        """);
    }

    @Test
    void accessors_ofABuiltPod_readItBack() {
        PodTemplate pod = train();
        assertThat(pod.mainContainer()).isEqualTo("main");
        assertThat(pod.image()).contains("registry.local/train:2.0");
        assertThat(pod.command()).containsExactly("python", "train.py");
        assertThat(pod.env()).containsExactly(Map.entry("MLFLOW_EXPERIMENT", "flights"));
        assertThat(pod.secretEnv()).containsEntry("AWS_SECRET_ACCESS_KEY", SecretRef.of("s3", "secretKey"));
        assertThat(pod.resources().gpu()).contains(Gpu.nvidia(1));
        assertThat(pod.serviceAccount()).contains("trainer");
        assertThat(pod.toPod("train-1")).containsEntry("kind", "Pod");
        assertThat(pod.toBuilder().build()).isEqualTo(pod);
        assertThat(pod).hasToString("PodTemplate[main: registry.local/train:2.0]");
    }

    @Test
    @Proves("core.pod.template-lossless")
    void fromTree_fieldsUnknownToUs_areKeptThroughACopyWithChanges() {
        Map<String, Object> given = Map.of(
                "metadata", Map.of("labels", Map.of("a", "b")),
                "spec",
                        Map.of(
                                "containers",
                                        List.of(Map.of("name", "serve", "image", "old", "futureField", Map.of("x", 1))),
                                "futureSpec", List.of(1, 2)));
        PodTemplate changed = PodTemplate.fromTree(given).with(b -> b.image("new"));
        assertThat(changed.toTree())
                .isEqualTo(Map.of(
                        "metadata", Map.of("labels", Map.of("a", "b")),
                        "spec",
                                Map.of(
                                        "containers",
                                                List.of(Map.of(
                                                        "name",
                                                        "serve",
                                                        "image",
                                                        "new",
                                                        "futureField",
                                                        Map.of("x", 1))),
                                        "futureSpec", List.of(1, 2))));
        assertThat(changed.mainContainer()).isEqualTo("serve");
    }

    @Test
    void fromTree_podOrBareSpec_areTakenOver() {
        Map<String, Object> spec = Map.of("containers", List.of(Map.of("name", "c", "image", "i")));
        PodTemplate expected = PodTemplate.fromTree(Map.of("spec", spec));
        assertThat(PodTemplate.fromTree(spec)).isEqualTo(expected);
        assertThat(PodTemplate.fromTree(Map.of("apiVersion", "v1", "kind", "Pod", "spec", spec)))
                .isEqualTo(expected);
    }

    @Test
    @Proves("core.pod.customize")
    void customize_withFabric8sSpec_keepsTheRestAndWhatWasEdited() {
        PodTemplate pod = train().customize(spec -> new PodSpecBuilder(spec)
                .editFirstContainer()
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep()
                .withSeconds(5L)
                .endSleep()
                .endPreStop()
                .endLifecycle()
                .endContainer()
                .withHostname("trainer")
                .build());
        assertThat(pod.specTree()).containsEntry("hostname", "trainer");
        assertThat(pod.labels()).containsEntry("team", "ml");
        assertThat(pod.resources()).isEqualTo(train().resources());
        assertThat(pod.with(b -> b.specField("hostname", "x")).specTree()).containsEntry("hostname", "x");
    }

    @Test
    void customize_unknownField_survives() {
        PodTemplate pod = PodTemplate.builder("i")
                .specField("futureSpec", Map.of("deep", List.of(1)))
                .field("futureField", "y")
                .build();
        assertThat(pod.customize(spec -> spec)).isEqualTo(pod);
    }

    @Test
    void build_manyMistakes_namesThemAllWithTheirPlaces() {
        PodTemplate.Builder builder = PodTemplate.builder(" img")
                .mainContainer("Main")
                .putEnv("A=B", "x")
                .putSecretEnv("TOKEN", SecretRef.of("Bad Name", ""))
                .mount(Volume.emptyDir("tmp"), "relative")
                .putLabel("team", "not a label!")
                .restartPolicy("Sometimes")
                .gpu(new Gpu.Shared(3))
                .container("side", c -> c.image("s").addPort("toolongportname12", 70000))
                .addToleration(new Toleration("k", "Exists", "v", "Never"));
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems())
                                .extracting(InvalidValueException.Problem::place)
                                .containsExactly(
                                        "labels[team]",
                                        "mainContainer",
                                        "image",
                                        "env[A=B]",
                                        "env[TOKEN].secret.name",
                                        "env[TOKEN].secret.key",
                                        "mount[relative]",
                                        "resources.gpu.count",
                                        "containers[side].ports[toolongportname12]",
                                        "containers[side].ports[toolongportname12].name",
                                        "restartPolicy",
                                        "tolerations[0].effect",
                                        "tolerations[0].value"));
    }

    @Test
    void partOf_builderWithMistakes_leavesTheCheckToTheParent() {
        PodTemplate unchecked = ValueBuilder.partOf(PodTemplate.builder("i").gpu(new Gpu.Shared(2)));
        assertThat(unchecked.image()).contains("i");
    }

    @Test
    void containers_besidesTheMainOne_haveTheirOwnSettings() {
        PodTemplate pod = PodTemplate.builder("main-image")
                .mainContainer("base")
                .initContainer("fetch", c -> c.image("fetcher").mount(Volume.emptyDir("work"), "/work"))
                .container(
                        "proxy",
                        c -> c.image("proxy").resources(r -> r.cpu("100m").memory("64Mi")))
                .mountReadOnly(Volume.emptyDir("work"), "/in")
                .build();
        assertThat(pod.mainContainer()).isEqualTo("base");
        assertThat(pod.specTree().get("containers"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
        assertThat(pod).hasToString("PodTemplate[base: main-image, proxy: proxy]");
        assertThat(pod.toTree().toString()).contains("readOnly=true");
    }

    @Test
    void toString_andProblems_neverShowVariables() {
        PodTemplate.Builder builder =
                PodTemplate.builder("i").putEnv("PASSWORD", "canary-7").mainContainer("X");
        assertThatThrownBy(builder::build).message().doesNotContain("canary-7");
        assertThat(PodTemplate.builder("i").putEnv("PASSWORD", "canary-7").build())
                .asString()
                .doesNotContain("canary-7");
    }
}
