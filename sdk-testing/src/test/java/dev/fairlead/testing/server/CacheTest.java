package dev.fairlead.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
    @TempDir
    Path folder;

    @Test
    void root_ownVariable_wins() {
        assertThat(Cache.root(Map.of("FAIRLEAD_CACHE", "/a", "XDG_CACHE_HOME", "/b")::get))
                .isEqualTo(Path.of("/a"));
    }

    @Test
    void root_xdgVariable_isTheParent() {
        assertThat(Cache.root(Map.of("XDG_CACHE_HOME", "/b")::get)).isEqualTo(Path.of("/b/fairlead"));
    }

    @Test
    void root_nothingSet_isBelowHome() {
        assertThat(Cache.root(Map.<String, String>of()::get))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "fairlead"));
    }

    @Test
    void locked_twoThreads_workOneAfterTheOther() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            new Thread(() -> {
                        Cache.locked(folder, "one", () -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.yield();
                            return inside.decrementAndGet();
                        });
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        assertThat(most).hasValue(1);
    }
}
