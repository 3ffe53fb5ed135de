package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagFileException;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.support.Proves;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What holds of every place that DAGs are brought to. */
abstract class PublisherContract {
    private static final String STAMP = Long.toString(System.nanoTime(), 36);

    /** Opens a publisher; each is one of its own, as in a program of its own. */
    abstract DagPublisher open();

    /** Writes a file there by other means. */
    abstract void write(String fileName, String text);

    static RenderedDag dag(String name, String description) {
        return Dag.builder(STAMP + name)
                .description(description)
                .empty("a")
                .build()
                .render(Dialect.NEWEST);
    }

    @Test
    @Proves("airflow.publish-places")
    void publish_writesChangesAndRemoves() {
        DagPublisher place = open();
        RenderedDag one = dag("kept", "one \ud83d\ude00");
        RenderedDag two = dag("kept", "two");

        assertThat(place.publish(one).changed()).isTrue();
        assertThat(open().publish(one).changed()).isFalse();
        assertThat(open().current(one.dag().id())).hasValue(one.source());
        assertThat(place.publish(two).changed()).isTrue();
        assertThat(open().current(one.dag().id())).hasValue(two.source());
        assertThat(place.publish(one.dag().id(), one.source(), false).changed()).isTrue();
        assertThat(open().remove(one.dag().id())).isTrue();
        assertThat(place.current(one.dag().id())).isEmpty();
        assertThat(place.remove(one.dag().id())).isFalse();
    }

    @Test
    @Proves("airflow.hand-edit")
    void publish_overAnothersFile_isRefusedAndLeft_unlessOverwritten() {
        DagPublisher place = open();
        RenderedDag dag = dag("edited", "one");
        RenderedDag next = dag("edited", "two");
        place.publish(dag);
        String edited = dag.source().replace("\"one\"", "\"uno\"");
        write(dag.fileName(), edited);
        RenderedDag foreign = dag("foreign", "one");
        write(foreign.fileName(), "print('theirs')\n");

        assertThatThrownBy(() -> place.publish(next))
                .isInstanceOf(DagFileException.class)
                .hasMessageContaining(dag.fileName())
                .hasMessageContaining("was changed by hand since Fairlead wrote it and is left as it is");
        assertThatThrownBy(() -> place.remove(dag.dag().id())).isInstanceOf(DagFileException.class);
        assertThatThrownBy(() -> place.publish(foreign))
                .isInstanceOf(DagFileException.class)
                .hasMessageContaining("was not written by Fairlead and is left as it is");
        assertThat(place.current(dag.dag().id())).hasValue(edited);
        assertThat(place.current(foreign.dag().id())).hasValue("print('theirs')\n");

        assertThat(place.publish(next, true).changed()).isTrue();
        assertThat(place.publish(foreign, true).changed()).isTrue();
        assertThat(place.current(dag.dag().id())).hasValue(next.source());
    }

    @Test
    @Proves("airflow.publish-together")
    void publish_twoAtOnce_losesNothing() throws Exception {
        int rounds = 4;
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both = new ArrayList<>();
            for (String who : List.of("ada", "bob")) {
                DagPublisher place = open();
                both.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < rounds; i++) {
                        place.publish(dag(who + i, who));
                        place.publish(dag("both", who + i));
                    }
                    return null;
                }));
            }
            for (Future<?> one : both) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        DagPublisher place = open();
        for (String who : List.of("ada", "bob")) {
            for (int i = 0; i < rounds; i++) {
                RenderedDag dag = dag(who + i, who);
                assertThat(place.current(dag.dag().id())).hasValue(dag.source());
            }
        }
        assertThat(place.current(dag("both", "").dag().id()).orElseThrow())
                .isIn(
                        dag("both", "ada" + (rounds - 1)).source(),
                        dag("both", "bob" + (rounds - 1)).source());
    }
}
