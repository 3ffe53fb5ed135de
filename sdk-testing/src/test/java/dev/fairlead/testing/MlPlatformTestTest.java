package dev.fairlead.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.error.OperationFailedException;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.airflow.FakeAirflow;
import dev.fairlead.testing.mlflow.FakeMlflow;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@MlPlatformTest
@RanOn("fake")
@Proves("testing.extension")
class MlPlatformTestTest {
    private static final Dag NIGHTLY =
            Dag.builder("nightly").bash("train", "echo trained").build();

    // region wait
    @Test
    void wait_forAnHourOfTraining_isOverAtOnce(MlPlatform platform, FakeAirflow airflow, VirtualClock clock) {
        Instant start = clock.instant();
        airflow.onTrigger("nightly").succeedAfter(Duration.ofHours(1));
        AirflowClient client = AirflowClient.create(platform);
        client.dags().deploy(NIGHTLY).await(Duration.ofMinutes(5));
        var run = client.runs().trigger("nightly", t -> t.unpause(true)).await(Duration.ofHours(3));
        assertThat(run.state()).isEqualTo(DagRunState.SUCCESS);
        assertThat(Duration.between(start, clock.instant())).isGreaterThan(Duration.ofHours(1));
    }
    // endregion

    @Test
    void failure_scripted_isToldWithItsLog(MlPlatform platform, FakeAirflow airflow) {
        airflow.onTrigger("nightly").failTask("train", "out of memory");
        AirflowClient client = AirflowClient.create(platform);
        client.dags().deploy(NIGHTLY).await(Duration.ofMinutes(5));
        assertThatThrownBy(() ->
                        client.runs().trigger("nightly", t -> t.unpause(true)).await(Duration.ofHours(3)))
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining("train")
                .satisfies(e ->
                        assertThat(((OperationFailedException) e).logExcerpt()).contains("out of memory"));
    }

    @Test
    void faults_scripted_areRepeatedOnTheVirtualClock(MlPlatform platform, FakeMlflow mlflow) {
        mlflow.failNext("experiments/create", 503, 2);
        MlflowClient client = MlflowClient.create(platform);
        assertThat(client.experiments().ensure("flaky").name()).isEqualTo("flaky");
        assertThat(mlflow.requests("experiments/create")).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void platform_ofEachTest_isNew(EmbeddedPlatform embedded) {
        assertThat(embedded.mlflow().experimentCount()).isLessThanOrEqualTo(1);
        assertThat(embedded.platform().describe())
                .contains("mlflow.uri", "builder")
                .doesNotContain(FakeAirflow.PASSWORD + "\n");
    }
}
