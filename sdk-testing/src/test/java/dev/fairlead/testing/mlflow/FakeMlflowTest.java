package dev.fairlead.testing.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.ServiceException;
import dev.fairlead.error.TransportException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.RunStatus;
import dev.fairlead.support.ManualClock;
import dev.fairlead.support.Proves;
import dev.fairlead.testing.RecordedRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeMlflowTest {
    private static MlflowClient client(FakeMlflow fake) {
        return MlflowClient.builder()
                .trackingUri(fake.uri())
                .platform(p -> p.retry(r -> r.withMaxAttempts(1)))
                .build();
    }

    @Test
    @Proves("testing.fake-mlflow.persist")
    void persistTo_anotherServerOnTheFolder_goesOn(@TempDir Path folder) throws Exception {
        Run before;
        try (FakeMlflow fake = FakeMlflow.builder().persistTo(folder).start()) {
            MlflowClient mlflow = client(fake);
            Experiment experiment = mlflow.experiments().ensure("flights");
            ActiveRun run = mlflow.runs().start(experiment, r -> r.name("first"));
            run.logParam("depth", 6).logMetric("nan", Double.NaN).logMetric("loss", 0.5, 1);
            run.artifacts().putText("a.txt", "kept");
            run.finish();
            mlflow.models()
                    .register("flights", r -> r.source(URI.create("s3://b/m")))
                    .await(Duration.ofSeconds(5));
            mlflow.models().setAlias("flights", "champion", "1");
            before = run.get();
        }
        Files.writeString(folder.resolve("journal.jsonl"), "{\"call\":\"POST runs/cre", StandardOpenOption.APPEND);

        try (FakeMlflow fake = FakeMlflow.builder().persistTo(folder).start()) {
            MlflowClient mlflow = client(fake);
            assertThat(mlflow.runs().get(before.id())).isEqualTo(before);
            assertThat(mlflow.artifacts(before.id()).text("a.txt")).isEqualTo("kept");
            assertThat(fake.aliases("flights")).isEqualTo(Map.of("champion", "1"));
            assertThat(fake.runCount()).isEqualTo(1);
            assertThat(mlflow.experiments().ensure("flights").id()).isEqualTo(before.experimentId());
        }
    }

    @Test
    @Proves("testing.fake-mlflow.faults")
    void faults_areUsedUpInTheirOrder() {
        try (FakeMlflow fake = FakeMlflow.start()) {
            MlflowClient mlflow = client(fake);
            fake.failNext("experiments/get", 500, 1).dropNextReply("experiments/create");

            assertThatThrownBy(() -> mlflow.experiments().get("0"))
                    .isInstanceOf(ServiceException.class)
                    .hasMessageContaining("500 INTERNAL_ERROR: said by the fault script");
            assertThat(mlflow.experiments().get("0").name()).isEqualTo("Default");
            fake.failNext("experiments/get-by-name", 503, 1);
            assertThatThrownBy(() -> mlflow.experiments().create("mine", e -> {}))
                    .isInstanceOf(TransportException.class);
            assertThat(fake.experimentCount()).isEqualTo(2);
            assertThat(fake.faults().pending()).isZero();
            assertThat(fake.requests("experiments/create"))
                    .singleElement()
                    .satisfies(r -> assertThat(r.body()).contains("\"name\":\"mine\""))
                    .extracting(RecordedRequest::status)
                    .isEqualTo(0);
        }
    }

    @Test
    void delayNext_longerThanTheDeadline_failsThere() {
        try (FakeMlflow fake = FakeMlflow.start()) {
            fake.delayNext("experiments/get", Duration.ofSeconds(20));
            MlflowClient hasty = client(fake).withOptions(o -> o.timeout(Duration.ofMillis(200)));

            assertThatThrownBy(() -> hasty.experiments().get("0")).isInstanceOf(TransportException.class);
        }
    }

    @Test
    void basicAuth_wrongOrNone_isRefused() {
        try (FakeMlflow fake =
                FakeMlflow.builder().basicAuth("me", "a long password").start()) {
            assertThatThrownBy(() -> client(fake).experiments().get("0")).isInstanceOf(UnauthenticatedException.class);
            MlflowClient me = MlflowClient.builder()
                    .trackingUri(fake.uri())
                    .endpoint(e -> e.basic("me", "a long password"))
                    .build();
            assertThat(me.experiments().get("0").name()).isEqualTo("Default");
        }
    }

    @Test
    void clock_given_isTheServersTime() {
        ManualClock clock = new ManualClock();
        try (FakeMlflow fake =
                FakeMlflow.builder().clock(clock).version("2.22.5").start()) {
            MlflowClient mlflow = client(fake);
            assertThat(mlflow.experiments().ensure("x").createdAt()).contains(clock.instant());
            assertThat(mlflow.server().version()).isEqualTo("2.22.5");
            assertThat(mlflow.server().storeType()).isEmpty();
        }
    }

    @Test
    void close_whileARunIsOpen_failsTheRunsCalls() {
        FakeMlflow fake = FakeMlflow.start();
        MlflowClient mlflow = client(fake);
        ActiveRun run = mlflow.runs().start(mlflow.experiments().ensure("x"));
        assertThat(run.get().status()).isEqualTo(RunStatus.RUNNING);

        fake.close();
        fake.close();

        assertThatThrownBy(run::finish).isInstanceOf(TransportException.class);
    }
}
