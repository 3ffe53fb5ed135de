package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What every suite about the rest of the REST API shares: a client, and a script of faults in front of the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SurfaceContract {
    static final Duration PARSED = Duration.ofMinutes(2);
    static final Duration RUN = Duration.ofMinutes(3);
    private static final String STAMP = Long.toString(System.currentTimeMillis(), 36);
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The server, behind its fault script. */
    interface Place extends AutoCloseable {
        /** Starts a client that may do everything. */
        AirflowClient.Builder client();

        /** Starts a client that may only read. */
        AirflowClient.Builder viewer();

        Faults faults();

        List<RecordedRequest> requests(String operation);

        void forgetRequests();

        /** Delivers a file that our DAGs cannot say yet; a fake takes the DAGs of the same ids in its place. */
        void publish(String name, String python, List<Dag> twins);

        /** Lets a fake know an asset that the file declares. */
        void asset(String name, String uri, String producer, String consumer);

        /** Lets a task of a fake ask people, as the file does. */
        void asks(String dagId, String taskId, String subject, List<String> options, Map<String, Object> params);

        @Override
        void close();
    }

    Place place;
    AirflowClient airflow;

    /** Makes the place that a suite runs on. */
    abstract Place open();

    @BeforeAll
    void connect() throws Exception {
        place = open();
        airflow = client(5);
        prepare();
        place.forgetRequests();
    }

    /** What a suite delivers and starts before its first test. */
    void prepare() throws Exception {}

    @AfterAll
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

    AirflowClient client(int attempts) {
        return place.client()
                .platform(p -> p.retry(new RetryPolicy(attempts, Duration.ofMillis(1), Duration.ofMillis(5), 10_000)))
                .build();
    }

    static String unique(String what) {
        return what + "_" + STAMP + "_" + COUNT.incrementAndGet();
    }

    /** Waits until the server knows DAGs, and unpauses them. */
    void awaitParsed(String... dagIds) {
        for (String id : dagIds) {
            Eventually.get("DAG " + id + " is parsed", PARSED, () -> {
                assertThat(airflow.dags().importProblems().stream())
                        .as("import problems")
                        .noneMatch(p -> p.file().startsWith(id.substring(0, id.lastIndexOf('_'))));
                return airflow.dags().find(id);
            });
            airflow.dags().unpause(id);
        }
    }

    /** Counts the requests that write. */
    long writes(String path) {
        return place.requests(path).stream()
                .filter(r -> !r.method().equals("GET"))
                .count();
    }
}
