package dev.fairlead.seldon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.Poller.Seen;
import dev.fairlead.support.ManualClock;
import dev.fairlead.support.Proves;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Proves("seldon.rollout-truth")
class RolloutTest {
    private final ManualClock clock = new ManualClock();
    private final StubKube kube = new StubKube();
    private Rollout rollout = new Rollout(kube, clock, new Rollout.Start("ml", "flights", null, null), null);

    private static String sdep(String state) {
        return "{'metadata':{'name':'flights','namespace':'ml','generation':2},'spec':{'predictors':[{'name':'main','replicas':2,"
                + "'annotations':{'fairlead.dev/predictor-spec':'new'},'graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://m/2'}}]},"
                + "'status':{" + state + "}}";
    }

    private static String deployment(
            String stamp, int generation, int observed, int replicas, String counts, String conditions) {
        return "{'metadata':{'name':'flights-main-0-m','generation':" + generation
                + ",'annotations':{'fairlead.dev/predictor-spec':'" + stamp + "'}},'spec':{'replicas':" + replicas
                + "},'status':{'observedGeneration':" + observed + "," + counts + ",'conditions':[" + conditions
                + "]}}";
    }

    private static String pod(String stamp, String status) {
        return "{'metadata':{'name':'pod-1','annotations':{'fairlead.dev/predictor-spec':'" + stamp
                + "'}},'spec':{'initContainers':[{'name':'m-model-initializer',"
                + "'args':['s3://m/2','/mnt/models']}],'containers':[{'name':'m','image':'mlserver:1'}]},'status':{"
                + status + "}}";
    }

    private static final String AVAILABLE = "'state':'Available'";
    private static final String ALL = "'replicas':2,'updatedReplicas':2,'availableReplicas':2";

    private Seen<SeldonDeploymentStatus> look() {
        return rollout.look(Deadline.after(clock, Duration.ofMinutes(5)));
    }

    private String pending() {
        assertThat(look()).isInstanceOf(Seen.Pending.class);
        Seen.Pending<?> pending = (Seen.Pending<?>) look();
        return pending.state() + ": " + pending.detail();
    }

    private RolloutFailedException failed() {
        assertThat(look()).isInstanceOf(Seen.Failed.class);
        return (RolloutFailedException) ((Seen.Failed<?>) look()).failure();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "old | 5 | 5 | 2 | 'replicas':2,'updatedReplicas':2,'availableReplicas':2 | predictor 'main': the operator has not taken up the specification yet",
                "new | 5 | 5 | 1 | 'replicas':1,'updatedReplicas':1,'availableReplicas':1 | predictor 'main': the operator has not changed the replicas to 2 yet",
                "new | 5 | 4 | 2 | 'replicas':2,'updatedReplicas':2,'availableReplicas':2 | predictor 'main': the cluster has not looked at the new pods yet",
                "new | 5 | 5 | 2 | 'replicas':3,'updatedReplicas':1,'availableReplicas':3 | predictor 'main': 1 of 2 pods available",
                "new | 5 | 5 | 2 | 'replicas':2,'updatedReplicas':2,'availableReplicas':1 | predictor 'main': 1 of 2 pods available",
                "new | 5 | 5 | 2 | 'replicas':3,'updatedReplicas':2,'availableReplicas':2 | predictor 'main': 1 older pods still to end, 1 of 3 not available"
            })
    void look_operatorSaysAvailableButThePodsAreNot_waits(
            String stamp, int generation, int observed, int replicas, String counts, String detail) {
        kube.put(SeldonDeploymentCodec.KIND, sdep(AVAILABLE))
                .put(Kind.DEPLOYMENT, deployment(stamp, generation, observed, replicas, counts, ""));

        assertThat(pending()).isEqualTo("Available: " + detail);
    }

    @Test
    @Proves("seldon.rollout-cause")
    void look_nothingMovesForLongerThanTheDeadline_saysSoThoughTheClusterDoesNot() {
        kube.put(SeldonDeploymentCodec.KIND, sdep(AVAILABLE));
        String stuck = deployment("new", 5, 5, 2, "'replicas':3,'updatedReplicas':1,'availableReplicas':2", "")
                .replace("'spec':{'replicas'", "'spec':{'progressDeadlineSeconds':60,'replicas'");
        kube.put(Kind.DEPLOYMENT, stuck);
        assertThat(pending()).contains("1 of 2 pods available");
        clock.advance(Duration.ofSeconds(62));
        assertThat(pending()).contains("1 of 2 pods available");
        clock.advance(Duration.ofSeconds(1));

        assertThat(failed().failure().kind()).isEqualTo(RolloutFailure.Kind.STALLED);
        assertThat(failed())
                .hasMessageContaining("nothing has moved for longer than the progress deadline of 60 s; a longer");
    }

    private static String replicaSet(String hash, String image, int generation, int observed, String counts) {
        return "{'metadata':{'name':'flights-main-0-m-" + hash + "','generation':" + generation
                + ",'ownerReferences':[{'kind':'Deployment','uid':'d1'}]},'spec':{'template':{'metadata':{'labels':{'app':'m','pod-template-hash':'"
                + hash + "'}},'spec':{'image':'" + image + "'}}},'status':{'observedGeneration':" + observed + ","
                + counts + "}}";
    }

    /** The operator and the cluster's controller write one annotation in turns, so that the status stays behind. */
    @Test
    void look_theDeploymentsStatusStaysBehind_countsByItsReplicaSets() {
        kube.put(SeldonDeploymentCodec.KIND, sdep(AVAILABLE));
        String behind = deployment("new", 54, 2, 2, ALL, "")
                .replace("'metadata':{", "'metadata':{'uid':'d1',")
                .replace("'spec':{", "'spec':{'template':{'metadata':{'labels':{'app':'m'}},'spec':{'image':'2'}},");
        String old = replicaSet("old", "1", 1, 1, "'replicas':2,'availableReplicas':2");
        kube.put(Kind.DEPLOYMENT, behind).put(Kind.REPLICA_SET, old);
        assertThat(pending()).contains("the cluster has not looked at the new pods yet");

        kube.put(Kind.REPLICA_SET, old, replicaSet("new", "2", 2, 1, "'replicas':2,'availableReplicas':2"));
        assertThat(pending()).contains("the cluster has not looked at the new pods yet");

        kube.put(Kind.REPLICA_SET, old, replicaSet("new", "2", 2, 2, "'replicas':1"));
        assertThat(pending()).contains("0 of 2 pods available");

        String available = replicaSet("new", "2", 2, 2, "'replicas':2,'availableReplicas':2");
        kube.put(Kind.REPLICA_SET, old, available);
        assertThat(pending()).contains("2 older pods still to end");

        kube.put(Kind.REPLICA_SET, replicaSet("old", "1", 2, 2, "'replicas':0"), available);
        assertThat(look()).isInstanceOf(Seen.Done.class);
    }

    @Test
    void look_allPodsOfThisSpecification_isDoneOnceTheOperatorAgrees() {
        kube.put(Kind.DEPLOYMENT, deployment("new", 1, 1, 2, ALL, ""));

        kube.put(SeldonDeploymentCodec.KIND, sdep("'state':'Creating'"));
        assertThat(pending()).isEqualTo("Creating: all pods are available, the operator has not said so yet");

        kube.put(SeldonDeploymentCodec.KIND, sdep(AVAILABLE));
        assertThat(look()).isInstanceOf(Seen.Done.class);
    }

    @Test
    void look_failureOfTheOperator_mustLast() {
        kube.put(SeldonDeploymentCodec.KIND, sdep("'state':'Failed','description':'no such thing'"));

        assertThat(pending()).isEqualTo("Failed: no such thing");
        clock.advance(Duration.ofSeconds(2));

        assertThat(failed().failure().kind()).isEqualTo(RolloutFailure.Kind.REJECTED);
        assertThat(failed()).hasMessage("seldon rollout of ml/flights failed: the operator reports: no such thing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "virtualservices.networking.istio.io x already exists",
                "Operation cannot be fulfilled on deployments.apps x: the object has been modified",
                "dial tcp 10.0.0.1:443: connect: connection refused"
            })
    void look_operatorOnlyOutOfStep_getsTimeToCatchUp(String description) {
        kube.put(SeldonDeploymentCodec.KIND, sdep("'state':'Failed','description':'" + description + "'"));

        assertThat(pending()).isEqualTo("Failed: " + description);
        clock.advance(Duration.ofSeconds(29));
        assertThat(pending()).isEqualTo("Failed: " + description);
        clock.advance(Duration.ofSeconds(1));
        assertThat(failed().failure().kind()).isEqualTo(RolloutFailure.Kind.REJECTED);
    }

    @Test
    void look_failureFromBeforeTheChange_getsTimeToBeMended() {
        rollout = new Rollout(kube, clock, new Rollout.Start("ml", "flights", "old trouble", null), null);
        kube.put(SeldonDeploymentCodec.KIND, sdep("'state':'Failed','description':'old trouble'"));

        assertThat(pending()).isEqualTo("Failed: old trouble");
        clock.advance(Duration.ofSeconds(9));
        assertThat(pending()).isEqualTo("Failed: old trouble");
        kube.put(SeldonDeploymentCodec.KIND, sdep(AVAILABLE)).put(Kind.DEPLOYMENT, deployment("new", 1, 1, 2, ALL, ""));

        assertThat(look()).isInstanceOf(Seen.Done.class);
    }

    @Test
    @Proves("seldon.rollout-cause")
    void look_quotaOrDeadline_failsWithTheClustersWords() {
        kube.put(SeldonDeploymentCodec.KIND, sdep(AVAILABLE));
        kube.put(
                Kind.DEPLOYMENT,
                deployment(
                        "new",
                        1,
                        1,
                        2,
                        "'replicas':0",
                        "{'type':'ReplicaFailure','status':'True','message':'pods \\'x\\' is forbidden: exceeded quota: q'}"
                                .replace("\\'", "")));
        assertThat(failed().failure().kind()).isEqualTo(RolloutFailure.Kind.QUOTA);
        assertThat(failed())
                .hasMessageContaining(
                        "the cluster refuses the pods: pods x is forbidden: exceeded quota: q; ask for less");

        kube.put(
                Kind.DEPLOYMENT,
                deployment(
                        "new",
                        1,
                        1,
                        2,
                        "'replicas':2",
                        "{'type':'Progressing','status':'False','reason':'ProgressDeadlineExceeded','message':'timed out'}"));
        assertThat(failed().failure().kind()).isEqualTo(RolloutFailure.Kind.STALLED);
    }

    private void withPod(String stamp, String status) {
        kube.put(SeldonDeploymentCodec.KIND, sdep(AVAILABLE))
                .put(
                        Kind.DEPLOYMENT,
                        deployment("new", 1, 1, 2, "'replicas':3,'updatedReplicas':1,'availableReplicas':2", ""))
                .put(Kind.POD, pod(stamp, status));
    }

    @Test
    @Proves("seldon.rollout-cause")
    void look_initContainerFails_failsAtOnceWithItsLog() {
        kube.log = "2026 Failed to copy: no such bucket\n";
        withPod(
                "new",
                "'initContainerStatuses':[{'name':'m-model-initializer','state':{'terminated':{'exitCode':3,'reason':'Error'}}}]");

        assertThat(failed().failure().kind()).isEqualTo(RolloutFailure.Kind.MODEL);
        assertThat(failed().logExcerpt()).isEqualTo("2026 Failed to copy: no such bucket");
        assertThat(failed())
                .hasMessage(
                        "seldon rollout of ml/flights failed: predictor 'main', pod pod-1, container 'm-model-initializer': the model could not"
                                + " be fetched from s3://m/2 (exit code 3); check the model's address, and the Secret or service account with the"
                                + " storage's credentials\nlast lines of its log:\n2026 Failed to copy: no such bucket");
    }

    @Test
    @Proves("seldon.rollout-cause")
    void look_podOfAnOlderSpecification_doesNotCount() {
        withPod("old", "'containerStatuses':[{'name':'m','state':{'waiting':{'reason':'ImagePullBackOff'}}}]");

        assertThat(pending()).isEqualTo("Available: predictor 'main': 1 of 2 pods available");
    }

    @Test
    @Proves("seldon.rollout-cause")
    void look_firstPullFails_waitsForTheSecond() {
        withPod(
                "new",
                "'containerStatuses':[{'name':'m','state':{'waiting':{'reason':'ErrImagePull','message':'i/o timeout'}}}]");
        assertThat(pending())
                .isEqualTo(
                        "Available: predictor 'main', pod pod-1, container 'm': ErrImagePull of image mlserver:1: i/o timeout");

        withPod("new", "'containerStatuses':[{'name':'m','state':{'waiting':{'reason':'ImagePullBackOff'}}}]");
        assertThat(failed().failure().kind()).isEqualTo(RolloutFailure.Kind.IMAGE);
    }

    @Test
    @Proves("seldon.rollout-cause")
    void look_outOfMemory_saysSo() {
        withPod(
                "new",
                "'containerStatuses':[{'name':'m','restartCount':2,'state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':{'terminated':{'exitCode':137,'reason':'OOMKilled'}}}]");

        assertThat(failed())
                .hasMessageContaining(
                        "the container ends again and again (exit code 137, OOMKilled); give it more memory");
    }

    @Test
    @Proves("seldon.rollout-cause")
    void look_noNode_failsUnlessOneIsOnItsWay() {
        withPod(
                "new",
                "'conditions':[{'type':'PodScheduled','status':'False','reason':'Unschedulable','message':'0/3 nodes are available: 3 Insufficient nvidia.com/gpu. preemption: no.'}]");
        kube.events.add(StubKube.tree("{'reason':'TriggeredScaleUp'}"));
        assertThat(pending()).contains("no node takes the pod: 0/3 nodes are available: 3 Insufficient nvidia.com/gpu");
        clock.advance(Duration.ofMinutes(5));
        assertThat(pending()).contains("Insufficient nvidia.com/gpu");

        kube.events.clear();
        assertThat(pending()).contains("Insufficient nvidia.com/gpu");
        clock.advance(Duration.ofSeconds(10));
        assertThat(failed().failure().kind()).isEqualTo(RolloutFailure.Kind.NO_GPU);
        assertThat(failed().state()).isEqualTo("NO_GPU");
    }

    @Test
    void look_nothingThere_saysThatItWasDeleted() {
        assertThat(failed()).hasMessage("seldon rollout of ml/flights failed: the deployment was deleted");
        assertThat(failed().operationId()).isEqualTo("ml/flights");
    }

    @Test
    void look_deploymentOfAnotherMaker_isJudgedByNameAlone() {
        kube.put(
                        SeldonDeploymentCodec.KIND,
                        sdep(AVAILABLE).replace("'annotations':{'fairlead.dev/predictor-spec':'new'},", ""))
                .put(Kind.DEPLOYMENT, deployment("", 1, 1, 2, ALL, ""));

        assertThat(look()).isInstanceOf(Seen.Done.class);
    }
}
