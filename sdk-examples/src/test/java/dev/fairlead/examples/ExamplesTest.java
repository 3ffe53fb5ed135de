package dev.fairlead.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What the pages show runs, and says what it should. */
@ResourceLock(Resources.SYSTEM_OUT)
class ExamplesTest {
    @Test
    void firstRun_findsItsRun() {
        assertThat(said(() -> FirstRun.main(new String[0]))).contains("first").contains("FINISHED");
    }

    @Test
    void track_logsAndPromotes() {
        assertThat(said(() -> Track.main(new String[0]))).isEqualToIgnoringNewLines("11");
    }

    @Test
    void retrain_runsBothTasks() {
        assertThat(said(() -> Retrain.main(new String[0]))).contains("extract").contains("train");
    }

    @Test
    void ask_getsTheSums() {
        assertThat(said(() -> Ask.main(new String[0]))).contains("[3.0, 7.0]");
    }

    @Test
    void rollOut_endsAvailable() {
        assertThat(said(() -> RollOut.main(new String[0]))).contains("Available");
    }

    @Test
    void shiftTraffic_endsWithTheCandidateAlone() {
        assertThat(said(() -> ShiftTraffic.main(new String[0])))
                .contains("shifting 10 percent")
                .contains("shifting 50 percent")
                .contains("Available")
                .contains("v2")
                .doesNotContain("v1,");
    }

    @Test
    void serveOnCore2AndKServe_sayWhatWouldBeSent() {
        assertThat(said(() -> ServeOnCore2.main(new String[0])))
                .contains("kind=Model", "kind=Pipeline", "kind=Experiment")
                .contains("storageUri=gs://models/iris");
        assertThat(said(() -> ServeOnKServe.main(new String[0])))
                .contains("kind=InferenceService")
                .contains("nvidia.com/gpu=1");
    }

    @Test
    void lookBeforeYouDeploy_saysWhatWillBe() {
        assertThat(said(() -> LookBeforeYouDeploy.main(new String[0])))
                .contains("SeldonDeployment default/delays")
                .contains("Deployment delays-main-0-transformer-predictor: pod of transformer-predictor")
                .contains("Service delays-main: predictor 'main', ports {grpc=5001, http=8000}")
                .contains("HorizontalPodAutoscaler delays-main-0-transformer-predictor: autoscaler")
                .doesNotContain("problem:")
                .doesNotContain("hush");
    }

    private static String said(ThrowingCallable main) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            main.call();
        } catch (Throwable e) {
            throw new AssertionError(e);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
