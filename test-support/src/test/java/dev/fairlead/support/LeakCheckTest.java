package dev.fairlead.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class LeakCheckTest {
    private static CountDownLatch end = new CountDownLatch(1);

    @Test
    void thread_leftByATest_failsIt() {
        assertThat(failures(LeavesAThread.class)).containsOnly("left behind: [thread fairlead-left]");
    }

    @Test
    void server_leftByAClass_failsIt() {
        assertThat(failures(LeavesAServer.class)).containsExactly("left behind: [thread fairlead-fake-left]");
    }

    @Test
    void server_closedWithItsClass_isFine() {
        assertThat(failures(ClosesItsServer.class)).isEmpty();
    }

    private static List<String> failures(Class<?> test) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        end = new CountDownLatch(1);
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(test))
                                .build(),
                        listener);
        end.countDown();
        return listener.getSummary().getFailures().stream()
                .map(f -> f.getException().getMessage())
                .toList();
    }

    private static void start(String name) {
        CountDownLatch mine = end;
        Thread thread = new Thread(
                () -> {
                    try {
                        mine.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    static class LeavesAThread {
        @Test
        void test() {
            start("fairlead-left");
        }
    }

    static class LeavesAServer {
        @Test
        void test() {
            start("fairlead-fake-left");
        }
    }

    static class ClosesItsServer {
        @BeforeAll
        static void open() {
            start("fairlead-fake-left");
        }

        @Test
        void test() {
            start("fairlead-fake-worker");
        }

        @AfterAll
        static void close() {
            end.countDown();
        }
    }
}
