package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.ResourceTask;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.Text;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Jobs, Spark applications and other objects of the cluster are when a real Airflow has made them on a real API server: one run of one DAG. */
@RanOn("airflow 3.3.2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClusterTasksIT {
    private static final String NAMESPACE = "default";
    private static final String ODD = "{{ 7*7 }} \"q\" ' \\ \u00e9";
    private static final String RUN = "first";

    private RealAirflow place;
    private AirflowClient airflow;
    private MlPlatform cluster;
    private SparkCluster spark;
    private Operation<DagRun> run;

    private static String id() {
        return AirflowContract.id("cluster");
    }

    /** A name of the cluster has no underscores. */
    private static String named(String what) {
        return id().replace('_', '-').toLowerCase(java.util.Locale.ROOT) + "-" + what;
    }

    @BeforeAll
    void deliver() {
        place = RealAirflow.of(RealServers.airflow());
        airflow = place.client().build();
        cluster = MlPlatform.builder()
                .kubeconfig(RealServers.kubernetes().kubeconfig())
                .build();
        spark = SparkCluster.start(kubernetes(), NAMESPACE);
        airflow.dags().deploy(dag()).await(AirflowContract.PARSED);
        run = airflow.runs().trigger(id(), t -> t.runId(RUN));
    }

    @AfterAll
    void leave() {
        if (place != null) {
            airflow.dags().undeploy(id());
            place.close();
        }
        if (spark != null) {
            kubernetes()
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(NAMESPACE)
                    .withLabel("contract", id())
                    .delete();
            kubernetes()
                    .configMaps()
                    .inNamespace(NAMESPACE)
                    .withName(named("kept"))
                    .delete();
            kubernetes().pods().inNamespace(NAMESPACE).withLabel("dag_id", id()).delete();
            spark.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private KubernetesClient kubernetes() {
        return cluster.unwrap(KubernetesClient.class);
    }

    private static PodTemplate pod() {
        return PodTemplate.builder()
                .image("registry.test/trainer:1.2")
                .command("python", "-m", "train")
                .args("--text", ODD)
                .resources(r -> r.cpu("500m").memory("1Gi").gpu(Gpu.nvidia(1)))
                .putNodeSelector("nvidia.com/gpu.product", "NVIDIA-A100-SXM4-40GB")
                .putLabel("contract", id())
                .build();
    }

    private static Map<String, Object> object(String what) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", named(what), "labels", Map.of("contract", id())),
                "data",
                Map.of("odd", ODD, "run", Template.runId()));
    }

    private static Dag dag() {
        return Dag.builder(id())
                .job(
                        "job",
                        j -> j.pod(pod())
                                .putEvaluatedEnv("OF", Template.runId())
                                .completions(2)
                                .backoffLimit(0)
                                .indexed(true)
                                .timeToLive(Duration.ofHours(1))
                                .pollInterval(Duration.ofSeconds(1))
                                .namespace(NAMESPACE))
                .spark(
                        "spark",
                        s -> s.image("spark:3.5.6")
                                .sparkVersion("3.5.6")
                                .mainFile("local:///opt/train.py")
                                .addArguments(new Text(ODD), Template.runId())
                                .putSparkConf("spark.odd", new Text(ODD))
                                .addPyFiles("local:///a.py")
                                .driver(r -> r.cpu("500m").memory("2Gi"))
                                .executors(2, r -> r.cpu("2").memory("4Gi").gpu(Gpu.nvidia(1)))
                                .serviceAccount("spark")
                                .namespace(NAMESPACE)
                                .putField("driver", Map.of("labels", Map.of("contract", id())))
                                .keepsApplication(true))
                .addTask(ResourceTask.create("keep", object("kept"))
                        .namespace(NAMESPACE)
                        .build())
                .addTask(ResourceTask.create("make", object("dropped"))
                        .namespace(NAMESPACE)
                        .build())
                .addTask(ResourceTask.delete("drop", object("dropped"))
                        .namespace(NAMESPACE)
                        .build())
                .chain("keep", "make", "drop")
                .build();
    }

    private void await() {
        run.await(AirflowContract.RUN);
        assertThat(airflow.runs().tasks(id(), RUN).stream()
                        .collect(Collectors.toMap(
                                TaskInstance::taskId, t -> t.state().value())))
                .as("all went well")
                .containsOnlyKeys("job", "spark", "keep", "make", "drop")
                .allSatisfy((task, state) -> assertThat(state).isEqualTo("success"));
    }

    private static Map<String, Object> tree(Object object) {
        return JsonCodec.camelCase()
                .object(Serialization.asJson(object).getBytes(StandardCharsets.UTF_8), "an object of the cluster");
    }

    @Test
    @Proves("airflow.job")
    void job_isWhatWasDescribed_andCompletes() {
        await();

        List<Job> jobs = kubernetes()
                .batch()
                .v1()
                .jobs()
                .inNamespace(NAMESPACE)
                .withLabel("contract", id())
                .list()
                .getItems();
        assertThat(jobs).hasSize(1);
        Job job = jobs.get(0);
        assertThat(job.getStatus().getSucceeded()).isEqualTo(2);
        Map<String, Object> spec = tree(job.getSpec());
        assertThat(spec)
                .containsEntry("completions", 2)
                .containsEntry("parallelism", 1)
                .containsEntry("backoffLimit", 0)
                .containsEntry("completionMode", "Indexed")
                .containsEntry("ttlSecondsAfterFinished", 3600);
        assertThat(Differences.of(pod().toTree(), spec.get("template"))).isEmpty();
        assertThat(job.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv())
                .anySatisfy(e -> {
                    assertThat(e.getName()).isEqualTo("OF");
                    assertThat(e.getValue()).isEqualTo(RUN);
                });
    }

    @Test
    @Proves("airflow.spark")
    void sparkApplication_isWhatWasDescribed_andIsFollowedToItsEnd() {
        await();

        List<Map<String, Object>> specs = spark.applications(NAMESPACE, "contract", id()).stream()
                .map(a -> tree(a.<Object>get("spec")))
                .toList();
        assertThat(specs).hasSize(1);
        Map<String, Object> wanted = Map.of(
                "type",
                "Python",
                "mode",
                "cluster",
                "image",
                "spark:3.5.6",
                "sparkVersion",
                "3.5.6",
                "mainApplicationFile",
                "local:///opt/train.py",
                "arguments",
                List.of(ODD, RUN),
                "sparkConf",
                Map.of("spark.odd", ODD),
                "deps",
                Map.of("pyFiles", List.of("local:///a.py")),
                "driver",
                Map.of("cores", 1, "coreRequest", "500m", "memory", "2g", "serviceAccount", "spark"),
                "executor",
                Map.of(
                        "instances",
                        2,
                        "cores",
                        2,
                        "coreRequest",
                        "2",
                        "memory",
                        "4g",
                        "gpu",
                        Map.of("name", "nvidia.com/gpu", "quantity", 1)));
        assertThat(Differences.of(wanted, specs.get(0))).isEmpty();
        assertThat(specs.get(0).keySet())
                .as("nothing but what was described, and the labels of the operator")
                .isSubsetOf(new java.util.HashSet<>(
                        java.util.stream.Stream.concat(wanted.keySet().stream(), java.util.stream.Stream.of("labels"))
                                .toList()));
    }

    @Test
    @Proves("airflow.resource")
    void object_isMadeAsWritten_andRemoved() {
        await();

        ConfigMap kept = kubernetes()
                .configMaps()
                .inNamespace(NAMESPACE)
                .withName(named("kept"))
                .get();
        assertThat(kept.getData()).isEqualTo(Map.of("odd", ODD, "run", RUN));
        assertThat(kept.getMetadata().getLabels()).containsEntry("contract", id());
        assertThat(kubernetes()
                        .configMaps()
                        .inNamespace(NAMESPACE)
                        .withName(named("dropped"))
                        .get())
                .isNull();
    }
}
