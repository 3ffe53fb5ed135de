package dev.fairlead.seldon.kserve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.seldon.StubKube;
import dev.fairlead.seldon.internal.crd.InferenceServiceCodec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.Poller.Seen;
import dev.fairlead.support.ManualClock;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@Proves("seldon.kserve.wait")
class ServiceRolloutTest {
    private static final String READY =
            "'conditions':[{'type':'PredictorReady','status':'True'},{'type':'Ready','status':'True'}]";
    private static final String UP_TO_DATE =
            READY + ",'modelStatus':{'transitionStatus':'UpToDate','states':{'activeModelState':'Loaded'}}";

    private final ManualClock clock = new ManualClock();
    private final StubKube kube = new StubKube();
    private ServiceRollout rollout = new ServiceRollout(kube, clock, "ml", "iris", null);

    private void service(String predictor, String status) {
        kube.put(
                InferenceServiceCodec.KIND,
                "{'metadata':{'name':'iris','namespace':'ml','generation':7},'spec':{'predictor':{" + predictor
                        + "'annotations':{'fairlead.dev/component-spec':'new'},'model':{'modelFormat':{'name':'sklearn'}}}},"
                        + "'status':{" + status + "}}");
    }

    private static String deployment(String stamp, String labels, String spec, String status) {
        return "{'metadata':{'name':'iris-predictor','generation':3,'labels':{'component':'predictor'" + labels
                + "}},'spec':{" + spec + "'template':{'metadata':{'annotations':{'fairlead.dev/component-spec':'"
                + stamp + "'}}}},'status':{" + status + "}}";
    }

    private static final String ALL = "'observedGeneration':3,'replicas':1,'updatedReplicas':1,'availableReplicas':1";

    private Seen<InferenceServiceStatus> look() {
        return rollout.look(Deadline.after(clock, Duration.ofMinutes(5)));
    }

    private String pending() {
        Seen<InferenceServiceStatus> seen = look();
        assertThat(seen).isInstanceOf(Seen.Pending.class);
        return ((Seen.Pending<?>) seen).state() + ": " + ((Seen.Pending<?>) seen).detail();
    }

    private InferenceServiceFailedException failed() {
        Seen<InferenceServiceStatus> seen = look();
        assertThat(seen).isInstanceOf(Seen.Failed.class);
        return (InferenceServiceFailedException) ((Seen.Failed<?>) seen).failure();
    }

    @Test
    void look_readyAndUpToDateOfTheSpecificationBefore_isPending() {
        service("", "'observedGeneration':7," + UP_TO_DATE);
        kube.put(Kind.DEPLOYMENT, deployment("old", "", "", ALL));

        assertThat(pending()).isEqualTo("UpToDate: predictor: KServe has not taken up the specification yet");
    }

    @Test
    void look_podsOfThisSpecificationComing_isPending() {
        service("", UP_TO_DATE);
        kube.put(
                Kind.DEPLOYMENT,
                deployment(
                        "new",
                        "",
                        "'replicas':2,",
                        "'observedGeneration':3,'replicas':3,'updatedReplicas':2,'availableReplicas':1"));
        assertThat(pending()).isEqualTo("UpToDate: predictor: 1 of 2 pods are available");

        kube.put(
                Kind.DEPLOYMENT,
                deployment("new", "", "", ALL.replace("'observedGeneration':3", "'observedGeneration':2")));
        assertThat(pending()).isEqualTo("UpToDate: predictor: 1 of 1 pods are available");

        kube.put(Kind.DEPLOYMENT, deployment("new", "", "", ALL.replace("'replicas':1", "'replicas':2")));
        assertThat(pending()).isEqualTo("UpToDate: predictor: 1 old pods are still there");
    }

    @Test
    void look_everythingOfThisSpecification_isDone() {
        service("", "'url':'http://iris.ml.example.com'," + UP_TO_DATE);
        kube.put(Kind.DEPLOYMENT, deployment("new", "", "", ALL));

        assertThat(look())
                .isInstanceOfSatisfying(
                        Seen.Done.class,
                        done -> assertThat(((InferenceServiceStatus) done.result()).url())
                                .hasToString("Optional[http://iris.ml.example.com]"));
    }

    @Test
    void look_modelLoadingOrNotRouted_isPending() {
        kube.put(Kind.DEPLOYMENT, deployment("new", "", "", ALL));
        service("", READY + ",'modelStatus':{'transitionStatus':'InProgress','states':{'targetModelState':'Loading'}}");
        assertThat(pending()).isEqualTo("InProgress: the model is Loading");

        service(
                "",
                "'modelStatus':{'transitionStatus':'UpToDate'},'conditions':[{'type':'PredictorReady','status':'True'},"
                        + "{'type':'IngressReady','status':'Unknown','message':'no gateway'},{'type':'Ready','status':'Unknown'}]");
        assertThat(pending()).isEqualTo("UpToDate: IngressReady is Unknown: no gateway");

        service("", "");
        assertThat(pending()).isEqualTo("InProgress: the model is not loaded yet");
    }

    private static final String BLOCKED = "'modelStatus':{'transitionStatus':'BlockedByFailedLoad','states':{"
            + "'activeModelState':'Loaded','targetModelState':'FailedToLoad'},'lastFailureInfo':{'reason':'ModelLoadFailed',"
            + "'message':'no such key','exitCode':1,'location':'iris-predictor-0'}}";

    @Test
    void look_modelThatDoesNotLoad_failsWithTheCauseOnceItLasts() {
        service("", READY + "," + BLOCKED);
        kube.put(Kind.DEPLOYMENT, deployment("new", "", "", ALL));
        assertThat(pending())
                .isEqualTo(
                        "BlockedByFailedLoad: ModelLoadFailed in iris-predictor-0, exit code 1: no such key; look whether the"
                                + " storageUri is right and its credentials are those of the service account");

        clock.advance(Duration.ofSeconds(2));

        InferenceServiceFailedException failure = failed();
        assertThat(failure)
                .hasMessage(
                        "kserve rollout of ml/iris failed: ModelLoadFailed in iris-predictor-0, exit code 1: no such key;"
                                + " look whether the storageUri is right and its credentials are those of the service account");
        assertThat(failure.failure())
                .isEqualTo(new LoadFailure("ModelLoadFailed", "no such key", "iris-predictor-0", 1));
        assertThat(failure.state()).isEqualTo("BlockedByFailedLoad");
        assertThat(failure.operationId()).isEqualTo("ml/iris");
    }

    @Test
    void look_failureOfTheSpecificationBefore_isGivenTimeToBeTakenBack() {
        rollout = new ServiceRollout(
                kube, clock, "ml", "iris", new LoadFailure("ModelLoadFailed", "no such key", "iris-predictor-0", 1));
        service("", BLOCKED);
        pending();
        clock.advance(Duration.ofSeconds(9));
        pending();

        // KServe never takes the last failure back, only the transition
        service("", UP_TO_DATE.replace("'UpToDate'", "'UpToDate','lastFailureInfo':{'reason':'ModelLoadFailed'}"));
        kube.put(Kind.DEPLOYMENT, deployment("new", "", "", ALL));
        assertThat(look()).isInstanceOf(Seen.Done.class);

        service("", BLOCKED);
        pending();
        clock.advance(Duration.ofSeconds(10));
        failed();
    }

    @Test
    void look_specificationNoRuntimeTakes_fails() {
        service(
                "",
                "'modelStatus':{'transitionStatus':'InvalidSpec','lastFailureInfo':{'reason':'NoSupportingRuntime','message':'No"
                        + " runtime found'}}");
        pending();
        clock.advance(Duration.ofSeconds(2));

        assertThat(failed())
                .hasMessageEndingWith(
                        "NoSupportingRuntime: No runtime found; name a runtime of the cluster, or another model format or protocol");
    }

    @Test
    void look_deploymentThatMovesNoMore_fails() {
        service(
                "",
                "'conditions':[{'type':'PredictorReady','status':'False','reason':'ProgressDeadlineExceeded','message':'has timed"
                        + " out progressing'}],'modelStatus':{'transitionStatus':'InProgress'}");
        pending();
        clock.advance(Duration.ofSeconds(2));

        assertThat(failed())
                .hasMessageEndingWith("ProgressDeadlineExceeded in PredictorReady: has timed out progressing");
    }

    @Test
    void look_deleted_fails() {
        kube.objects.put(InferenceServiceCodec.KIND, List.of());

        assertThat(failed()).hasMessage("kserve rollout of ml/iris failed: Deleted: the inference service was deleted");
    }

    private static String knative(String ready, String rolledOut, String before, int percent) {
        return UP_TO_DATE + ",'deploymentMode':'Knative','components':{'predictor':{'latestReadyRevision':'" + ready
                + "','latestRolledoutRevision':'" + rolledOut + "','previousRolledoutRevision':'" + before
                + "','traffic':[{'latestRevision':true,'percent':" + percent + "}]}}";
    }

    @Test
    void look_knative_waitsForTheRevisionAndItsShareOfTheTraffic() {
        String idle =
                deployment("new", ",'serving.knative.dev/revision':'r2'", "'replicas':0,", "'observedGeneration':3");
        kube.put(Kind.DEPLOYMENT, deployment("old", ",'serving.knative.dev/revision':'r1'", "", ALL), idle);

        service("'canaryTrafficPercent':10,", knative("r1", "r1", "", 100));
        assertThat(pending()).isEqualTo("UpToDate: predictor: KServe has not seen yet that revision r2 is ready");

        service("'canaryTrafficPercent':10,", knative("r2", "r1", "", 100));
        assertThat(pending()).isEqualTo("UpToDate: the newest revision gets 100 % of the traffic, not 10 % yet");

        service("'canaryTrafficPercent':10,", knative("r2", "r1", "", 10));
        assertThat(look()).isInstanceOf(Seen.Done.class);

        service("", knative("r2", "r1", "", 10));
        assertThat(pending()).isEqualTo("UpToDate: the newest revision gets 10 % of the traffic, not 100 % yet");
    }

    @Test
    void look_canaryOfAFirstRevision_getsEverything() {
        kube.put(Kind.DEPLOYMENT, deployment("new", ",'serving.knative.dev/revision':'r1'", "", ALL));
        service("'canaryTrafficPercent':10,", knative("r1", "r1", "", 100));

        assertThat(look()).isInstanceOf(Seen.Done.class);
    }

    @Test
    void look_madeByOthers_countsTheDeploymentsThatAreThere() {
        kube.put(
                InferenceServiceCodec.KIND,
                "{'metadata':{'name':'iris','namespace':'ml'},'spec':{'predictor':{'sklearn':{}}},'status':{"
                        + UP_TO_DATE + "}}");
        kube.put(Kind.DEPLOYMENT, deployment("", "", "", ALL));
        assertThat(look()).isInstanceOf(Seen.Done.class);

        kube.put(
                InferenceServiceCodec.KIND,
                "{'metadata':{'name':'iris','namespace':'ml'},'spec':{'predictor':{'sklearn':{}},'transformer':{}},'status':{"
                        + UP_TO_DATE + "}}");
        assertThat(pending()).isEqualTo("UpToDate: transformer: KServe has not taken up the specification yet");
    }

    @Test
    void look_modelMesh_needsNoPodsOfItsOwn() {
        service("", UP_TO_DATE + ",'deploymentMode':'ModelMesh'");

        assertThat(look()).isInstanceOf(Seen.Done.class);
    }
}
