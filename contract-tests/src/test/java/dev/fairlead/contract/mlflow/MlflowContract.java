package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.config.RetryPolicy;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.Runs;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** What every suite about MLflow shares: a client, a script of faults in front of the server, an experiment of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MlflowContract {
    private static final String STAMP = Long.toString(System.currentTimeMillis(), 36);
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The server, behind its fault script. */
    interface Place extends AutoCloseable {
        MlflowClient.Builder client();

        Faults faults();

        List<RecordedRequest> requests(String operation);

        void forgetRequests();

        @Override
        void close();
    }

    Place place;
    MlflowClient mlflow;
    Experiment experiment;
    Runs runs;

    /** Makes the place that a suite runs on. */
    abstract Place open();

    @BeforeEach
    void connect() {
        if (place == null) {
            place = open();
        }
        mlflow = client(5);
        runs = mlflow.runs();
        experiment = mlflow.experiments().ensure(unique("experiment"));
        place.forgetRequests();
    }

    @org.junit.jupiter.api.AfterAll
    void disconnect() {
        if (place != null) {
            place.close();
        }
    }

    @AfterEach
    void noFaultIsLeft() {
        int left = place.faults().pending();
        place.faults().clear();
        assertThat(left).as("faults that met no call").isZero();
    }

    MlflowClient client(int attempts) {
        return place.client()
                .platform(p -> p.retry(new RetryPolicy(attempts, Duration.ofMillis(1), Duration.ofMillis(5), 10_000)))
                .build();
    }

    static String unique(String what) {
        return what + "-" + STAMP + "-" + COUNT.incrementAndGet();
    }

    List<Run> allRuns() {
        return runs.search(q -> q.addExperiment(experiment).includeDeleted(true)).stream()
                .toList();
    }

    /** Tells whether the server has what came with MLflow 3. */
    boolean has3() {
        return mlflow.server().atLeast(3, 0);
    }

    ActiveRun start() {
        return runs.start(experiment);
    }

    static void refusedWith(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Class<?> type, String... words) {
        var thrown = assertThatThrownBy(call).isInstanceOf(type);
        for (String word : words) {
            thrown.hasMessageContaining(word);
        }
    }
}
