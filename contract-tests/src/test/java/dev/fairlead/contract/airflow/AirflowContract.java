package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.Operation;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * What the suites about DAGs and runs share: a place to run on. All DAGs of a suite are delivered at once before its first test, and its slow
 * runs started, so that tests only wait.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AirflowContract {
    static final Duration PARSED = Duration.ofMinutes(2);
    static final Duration RUN = Duration.ofMinutes(3);

    private static final String STAMP = Long.toString(System.currentTimeMillis(), 36);
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** A server with its faults, and what a fake must be told, since it runs no Python. */
    interface Place extends AutoCloseable {
        /** Starts a client that may do everything. */
        AirflowClient.Builder client();

        /** Starts a client that may only read. */
        AirflowClient.Builder viewer();

        Faults faults();

        List<RecordedRequest> requests(String operation);

        void forgetRequests();

        /** Lets the first tries of a task in each run fail with this in their logs; a real server runs code that does. */
        void failTask(String dagId, String taskId, String log, int tries);

        /** Lets a task write lines over a time, and its first tries fail; a real server runs code that does. */
        void writes(String dagId, String taskId, List<String> lines, Duration over, int failing);

        /** Lets a task run for minutes; a real server runs code that does. */
        void slowTask(String dagId, String taskId);

        /** Lets the file of a DAG be refused at a task; a real server finds that itself. */
        void refuse(String dagId, String taskId, String error);

        /** Lets the file of a DAG be taken again. */
        void mend(String dagId);

        /** Lets a task return a value; a real server runs code that does. */
        void returns(String dagId, String taskId, Object value);

        @Override
        void close();
    }

    Place place;
    AirflowClient airflow;
    final Map<String, Operation<DeployedDag>> deliveries = new LinkedHashMap<>();

    abstract Place open();

    /** Returns what a suite delivers. */
    abstract List<Dag> dags();

    /** Tells a fake how the tasks go. */
    void script() {}

    /** Starts the runs that a suite waits for. */
    void start() {}

    @BeforeAll
    void deliver() {
        place = open();
        airflow = place.client().build();
        script();
        dags().forEach(dag -> deliveries.put(dag.id(), airflow.dags().deploy(dag)));
        deliveries.values().forEach(d -> d.await(PARSED));
        start();
    }

    @AfterAll
    void leave() {
        if (place == null) {
            return;
        }
        place.faults().clear();
        deliveries.keySet().forEach(dag -> airflow.dags().undeploy(dag));
        place.close();
    }

    @AfterEach
    void noFaultIsLeft() {
        int left = place.faults().pending();
        place.faults().clear();
        assertThat(left).as("faults that met no call").isZero();
    }

    static String id(String name) {
        return "c" + STAMP + "_" + name;
    }

    static String unique(String name) {
        return name + "-" + COUNT.incrementAndGet();
    }

    static Dag goodDag() {
        return Dag.builder(id("good"))
                .description("three steps")
                .addTags("contract")
                .bash("extract", "echo extracted")
                .python("train", t -> t.code("return {'rows': rows}").putArgument("rows", 5))
                .empty("done")
                .chain("extract", "train", "done")
                .build();
    }

    /** A DAG of tasks that need no worker: its runs end as soon as the scheduler looks. */
    static Dag instant(String name) {
        return instant(name, b -> {});
    }

    static Dag instant(String name, Consumer<Dag.Builder> more) {
        Dag.Builder dag = Dag.builder(id(name)).empty("a").empty("b").addEdge("a", "b");
        more.accept(dag);
        return dag.build();
    }

    Operation<DagRun> trigger(String dag, String key) {
        return airflow.runs().trigger(id(dag), t -> t.runId(key));
    }

    List<DagRun> runs(String dag, String key) {
        return airflow.runs().list(id(dag)).stream()
                .filter(r -> r.id().equals(key))
                .toList();
    }
}
