package dev.fairlead.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers.Kind;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The cluster is real where it claims to be: scheduling, rights, admission, controllers. */
@EnabledOnOs(OS.LINUX)
@RanOn("kubernetes 1.36.3, seldon 1.17.1")
class KubeClusterIT {

    @BeforeAll
    static void start() {
        RealServers.startInBackground(Kind.KUBERNETES, Kind.SELDON);
    }

    @Test
    @Proves("testing.real-kubernetes")
    void podWithGpu_isPlacedByTheScheduler() {
        KubeCluster cluster = RealServers.kubernetes();
        cluster.apply("/api/v1/namespaces/default/pods/train", """
                apiVersion: v1
                kind: Pod
                metadata: {name: train}
                spec:
                  nodeSelector: {nvidia.com/gpu.product: NVIDIA-A100-SXM4-40GB}
                  containers: [{name: c, image: "train:1", resources: {limits: {nvidia.com/gpu: 1}}}]
                """);
        assertThat(await(cluster, "/api/v1/namespaces/default/pods/train", "\"phase\":\"Running\""))
                .contains("\"nodeName\":\"a100-1\"");
        cluster.delete("/api/v1/namespaces/default/pods/train");
    }

    @Test
    @Proves("testing.real-kubernetes")
    void podWithFault_failsAsAsked() {
        KubeCluster cluster = RealServers.kubernetes();
        cluster.apply("/api/v1/namespaces/default/pods/broken", """
                apiVersion: v1
                kind: Pod
                metadata: {name: broken, labels: {fairlead.dev/fault: ImagePullBackOff}}
                spec: {containers: [{name: c, image: "none:1"}]}
                """);
        assertThat(await(cluster, "/api/v1/namespaces/default/pods/broken", "\"reason\":\"ImagePullBackOff\""))
                .contains("\"phase\":\"Pending\"");
        cluster.delete("/api/v1/namespaces/default/pods/broken");
    }

    @Test
    @Proves("testing.real-kubernetes")
    void followedLog_ofATaskPod_endsWithThePod() {
        KubeCluster cluster = RealServers.kubernetes();
        String path = "/api/v1/namespaces/default/pods/task";
        cluster.apply(path, """
                apiVersion: v1
                kind: Pod
                metadata: {name: task, labels: {kubernetes_pod_operator: "True"}}
                spec: {restartPolicy: Never, containers: [{name: c, image: "task:1"}]}
                """);
        await(cluster, path, "\"containerStatuses\"");

        assertThat(cluster.get(path + "/log?follow=true")).contains("started\n");

        assertThat(await(cluster, path, "\"phase\":\"Succeeded\"")).contains("\"exitCode\":0");
        assertThat(cluster.get(path + "/log?follow=true&tailLines=0")).contains("");
        cluster.delete(path);
    }

    @Test
    @Proves("testing.real-kubernetes")
    void users_haveTheRightsTheyShould() {
        KubeCluster cluster = RealServers.kubernetes();
        assertThat(List.of(cluster.admin(), cluster.viewer(), cluster.outsider()))
                .allSatisfy(user -> assertThat(Files.exists(user.kubeconfig())).isTrue());
        assertThat(can(cluster, cluster.viewer(), "/api/v1/namespaces/default/pods"))
                .isTrue();
        assertThat(can(cluster, cluster.viewer(), "/api/v1/namespaces/default/secrets"))
                .isFalse();
        assertThat(can(cluster, cluster.outsider(), "/api/v1/namespaces/default/pods"))
                .isFalse();
    }

    private static boolean can(KubeCluster cluster, KubeUser user, String path) {
        return cluster.plane().apiOf(user).ask(path).isPresent();
    }

    @Test
    @Proves("testing.real-seldon")
    void seldon_deployment_becomesAvailableAndABadOneIsRefused() {
        RealServers.seldon();
        KubeCluster cluster = RealServers.kubernetes();
        String path = "/apis/machinelearning.seldon.io/v1/namespaces/default/seldondeployments/";
        String object = """
                apiVersion: machinelearning.seldon.io/v1
                kind: SeldonDeployment
                metadata: {name: %s}
                spec:
                  protocol: v2
                  predictors: [{name: main, graph: {name: classifier, implementation: SKLEARN_SERVER%s}}]
                """;
        cluster.apply(path + "iris", object.formatted("iris", ", modelUri: \"s3://models/iris\""));
        assertThat(await(cluster, path + "iris", "\"state\":\"Available\"")).contains("iris-main-0-classifier");
        assertThatThrownBy(() -> cluster.apply(path + "bad", object.formatted("bad", "")))
                .hasMessageContaining("422")
                .hasMessageContaining("v1.vseldondeployment.kb.io");
        cluster.delete(path + "iris");
    }

    private static String await(KubeCluster cluster, String path, String text) {
        cluster.group.await(
                text + " in " + path,
                Duration.ofSeconds(60),
                () -> cluster.get(path).filter(answer -> answer.contains(text)).isPresent());
        return cluster.get(path).orElseThrow();
    }
}
