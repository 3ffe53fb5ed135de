package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunFailedException;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagFileException;
import dev.fairlead.airflow.dag.PodTask;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.SecretRef;
import dev.fairlead.kubernetes.Toleration;
import dev.fairlead.kubernetes.Volume;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What only a real Airflow shows: what becomes of texts, templates, outputs, schedules and pods when its own Python runs them. */
@RanOn("airflow 3.3.2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealTasksIT {
    private static final String ODD = "{{ 7*7 }} {% if %} {# x #} \"'\\ \u00e9 \ud83d\ude00 \r\n $HOME `id` end\n";

    private RealAirflow place;
    private AirflowClient airflow;
    private MlPlatform cluster;
    private Operation<DagRun> texts;
    private Operation<DagRun> pod;
    private Operation<DagRun> brokenPod;
    private final Map<String, Operation<DeployedDag>> deliveries = new LinkedHashMap<>();

    @BeforeAll
    void deliver() {
        place = open();
        airflow = place.client().build();
        cluster = MlPlatform.builder().kubeconfig(kubeconfig()).build();
        for (Dag dag : List.of(textsDag(), podDag(), brokenPodDag(), nightly(), once(), every())) {
            deliveries.put(dag.id(), airflow.dags().deploy(dag));
        }
        deliveries.values().forEach(d -> d.await(AirflowContract.PARSED));
        texts = airflow.runs()
                .trigger(id("texts"), t -> t.runId("first").putConf("day", 5).putConf("odd", ODD));
        pod = airflow.runs().trigger(id("pod"), t -> t.runId("first").putConf("epochs", 3));
        brokenPod = airflow.runs().trigger(id("broken_pod"));
    }

    RealAirflow open() {
        return RealAirflow.of(RealServers.airflow());
    }

    Path kubeconfig() {
        return RealServers.kubernetes().admin().kubeconfig();
    }

    @AfterAll
    void leave() {
        if (place != null) {
            deliveries.keySet().forEach(dag -> airflow.dags().undeploy(dag));
            place.close();
        }
        if (cluster != null) {
            kubernetes()
                    .pods()
                    .inNamespace("default")
                    .withLabel("contract", id("pod"))
                    .delete();
            cluster.close();
        }
    }

    private static String id(String name) {
        return AirflowContract.id("tasks_" + name);
    }

    private KubernetesClient kubernetes() {
        return cluster.unwrap(KubernetesClient.class);
    }

    private static Dag textsDag() {
        return Dag.builder(id("texts"))
                .putParam("rows", 12)
                .python(
                        "count",
                        t -> t.putArgument("text", ODD)
                                .putArgument("evaluated", Template.of("{{ 7*7 }}"))
                                .putArgument("conf", Template.conf("odd"))
                                .putArgument("nested", Map.of("list", List.of(ODD, Template.runId(), 1.5, true, -7)))
                                .code("""
                                    # margin and 'quotes' of the code are kept
                                    said = '''
                                  inside
                                '''
                                    print("run", context["run_id"])
                                    return [text, evaluated, conf, nested, said]
                                """))
                .bash(
                        "show",
                        t -> t.command(
                                        "printf '%s|%s|%s|%s|%s|{{ plain }}' \"$TEXT\" \"$DAY\" \"$ROWS\" \"$FILE\" \"$COUNT\"")
                                .putEnv("TEXT", "{{ 7*7 }} {# kept #}")
                                .putEnv("DAY", Template.conf("day"))
                                .putEnv("ROWS", Template.param("rows"))
                                .putEnv("FILE", "run.sh")
                                .putEnv("COUNT", dev.fairlead.airflow.dag.TaskOutput.of("short")))
                .python("short", t -> t.code("return 'counted'"))
                .addEdge("count", "show")
                .addEdge("short", "show")
                .build();
    }

    @Test
    @Proves("airflow.text-or-template")
    void python_arguments_arriveExactly_templatesEvaluated() {
        texts.await(AirflowContract.RUN);

        List<?> said =
                (List<?>) airflow.runs().output(id("texts"), "first", "count").orElseThrow();

        assertThat(said.get(0)).isEqualTo(ODD);
        assertThat(said.get(1)).isEqualTo("49");
        assertThat(said.get(2))
                .as("what a template becomes is not evaluated again")
                .isEqualTo(ODD);
        assertThat(((Map<?, ?>) said.get(3)).get("list"))
                .isEqualTo(List.of(ODD, "first", new BigDecimal("1.5"), true, -7));
        assertThat(said.get(4)).isEqualTo("\n  inside\n");
    }

    @Test
    @Proves({"airflow.text-or-template", "airflow.outputs"})
    void bash_environment_arrivesExactly_outputsPassed() {
        texts.await(AirflowContract.RUN);

        assertThat(airflow.runs().output(id("texts"), "first", "show"))
                .hasValue("{{ 7*7 }} {# kept #}|5|12|run.sh|counted|{{ plain }}");
        assertThat(airflow.runs().log(id("texts"), "first", "count", 1).text()).contains("run first");
        assertThat(airflow.runs().output(id("texts"), "first", "nothing")).isEmpty();
    }

    private static Dag podDag() {
        return Dag.builder(id("pod")).addTask(podTask()).build();
    }

    /** A pod with something of everything. */
    static PodTask podTask() {
        return PodTask.builder("train")
                .image("registry.test/trainer:1.2")
                .imagePullPolicy("IfNotPresent")
                .command("python", "-m", "train")
                .args("--out", "/data/{{ not evaluated }}")
                .workingDir("/work")
                .putEnv("PLAIN", "{{ 7*7 }}")
                .putEnv("EPOCHS", Template.conf("epochs"))
                .putSecretEnv("TOKEN", SecretRef.of("mlflow", "token"))
                .putFieldEnv("POD", "metadata.name")
                .addEnvFromConfigMap("settings")
                .resources(r -> r.cpu("500m").memory("1Gi").gpu(Gpu.nvidia(1)))
                .mountReadOnly(Volume.configMap("data", "flights"), "/data")
                .sharedMemory("64Mi")
                .addPort("metrics", 9090)
                .field("terminationMessagePolicy", "FallbackToLogsOnError")
                .field("securityContext", Map.of("allowPrivilegeEscalation", false))
                .putLabel("contract", id("pod"))
                .putAnnotation("note", "{% raw %}")
                .putNodeSelector("nvidia.com/gpu.product", "NVIDIA-A100-SXM4-40GB")
                .addToleration(Toleration.equal("team", "ml", "NoSchedule"))
                .serviceAccount("trainer")
                .pod(p -> p.addImagePullSecret("registry")
                        .specField("terminationGracePeriodSeconds", 5)
                        .specField(
                                "affinity",
                                Map.of(
                                        "nodeAffinity",
                                        Map.of(
                                                "preferredDuringSchedulingIgnoredDuringExecution",
                                                List.of(Map.of(
                                                        "weight",
                                                        1,
                                                        "preference",
                                                        Map.of(
                                                                "matchExpressions",
                                                                List.of(Map.of(
                                                                        "key",
                                                                        "zone",
                                                                        "operator",
                                                                        "In",
                                                                        "values",
                                                                        List.of("a")))))))))
                        .initContainer(
                                "fetch", c -> c.image("registry.test/fetch:1").args("{{ x }}")))
                .namespace("default")
                .keepsPod(true)
                .startupTimeout(Duration.ofSeconds(90))
                .build();
    }

    @Test
    @Proves({"airflow.pod", "airflow.pod-gpu"})
    void pod_withGpu_runsOnItsNodeAndIsWhatWasDescribed() {
        DagRun run = pod.await(AirflowContract.RUN);

        List<Pod> pods = kubernetes()
                .pods()
                .inNamespace("default")
                .withLabel("contract", id("pod"))
                .list()
                .getItems();
        assertThat(run.state().value()).isEqualTo("success");
        assertThat(pods).hasSize(1);
        assertThat(pods.get(0).getSpec().getNodeName()).isEqualTo("a100-1");
        Map<String, Object> created = tree(pods.get(0));
        Map<String, Object> wanted = podTask().pod().toTree();
        assertThat(Differences.of(wanted, created)).isEmpty();
        Map<?, ?> container = (Map<?, ?>) ((List<?>) ((Map<?, ?>) created.get("spec")).get("containers")).get(0);
        assertThat((List<?>) container.get("env"))
                .anySatisfy(e -> assertThat(e).isEqualTo(Map.of("name", "EPOCHS", "value", "3")));
        assertThat(((Map<?, ?>) created.get("spec")).get("restartPolicy")).isEqualTo("Never");
        assertThat((List<?>) ((Map<?, ?>) created.get("spec")).get("containers"))
                .hasSize(1);
    }

    private static Map<String, Object> tree(Object object) {
        String json = io.fabric8.kubernetes.client.utils.Serialization.asJson(object);
        return JsonCodec.camelCase().object(json.getBytes(StandardCharsets.UTF_8), "pod");
    }

    private static Dag brokenPodDag() {
        return Dag.builder(id("broken_pod"))
                .pod(
                        "train",
                        p -> p.image("registry.test/trainer:1.2")
                                .putLabel("fairlead.dev/fault", "Error")
                                .namespace("default"))
                .build();
    }

    @Test
    @Proves("airflow.pod")
    void pod_thatFails_failsTheRunWithTheReason() {
        assertThatThrownBy(() -> brokenPod.await(AirflowContract.RUN))
                .isInstanceOf(DagRunFailedException.class)
                .hasMessageContaining("task 'train' failed")
                .hasMessageContaining("Pod");
    }

    private static Dag nightly() {
        return Dag.builder(id("nightly"))
                .schedule(Schedule.cron("30 2 * * *", ZoneId.of("Europe/Paris")))
                .startDate(LocalDate.of(2026, 1, 1))
                .empty("a")
                .build();
    }

    private static Dag once() {
        return Dag.builder(id("once")).schedule(Schedule.once()).empty("a").build();
    }

    private static Dag every() {
        return Dag.builder(id("every"))
                .schedule(Schedule.every(Duration.ofHours(6)))
                .startsPaused(true)
                .empty("a")
                .build();
    }

    @Test
    @Proves("airflow.schedule")
    void schedule_isTheServersNextRun() {
        Instant next = airflow.dags().get(id("nightly")).nextRun().orElseThrow();

        assertThat(next).isAfter(Instant.now());
        assertThat(next.atZone(ZoneId.of("Europe/Paris")).toLocalTime()).hasToString("02:30");
        assertThat(next).isBefore(Instant.now().plus(Duration.ofHours(25)));
        assertThat(airflow.runs().list(id("nightly")).stream())
                .as("missed runs are not made up for")
                .hasSizeLessThanOrEqualTo(1);
        assertThat(airflow.dags().get(id("every")).nextRun()).isPresent();
        assertThat(airflow.dags().get(id("once")).nextRun().isPresent()
                        || airflow.runs().list(id("once")).stream().findAny().isPresent())
                .isTrue();
    }

    @Test
    @Proves("airflow.hand-edit")
    void deploy_fileChangedByHand_isRefusedAndLeft() throws Exception {
        Dag dag = AirflowContract.instant("edited");
        deliveries.put(dag.id(), airflow.dags().deploy(dag));
        deliveries.get(dag.id()).await(AirflowContract.PARSED);
        Path file = place.dags().resolve(RenderedDag.fileName(dag.id()));
        String edited = Files.readString(file).replace("task_id=\"a\"", "task_id=\"z\"");
        Files.writeString(file, edited);

        assertThatThrownBy(() -> airflow.dags().deploy(dag.with(b -> b.description("new"))))
                .isInstanceOf(DagFileException.class)
                .hasMessageContaining("was changed by hand");
        assertThat(file).hasContent(edited);
        Files.delete(file);
    }
}
