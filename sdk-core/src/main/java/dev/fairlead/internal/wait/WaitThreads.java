package dev.fairlead.internal.wait;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The few daemon threads on which all waits of the JVM are carried that need none of their own. They end when there is nothing to wait for. */
public final class WaitThreads {
    private static final int MOST = 4;
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ScheduledThreadPoolExecutor POOL = pool();

    private WaitThreads() {}

    private static ScheduledThreadPoolExecutor pool() {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(MOST, task -> {
            Thread thread = new Thread(task, "fairlead-wait-shared-" + COUNT.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.setKeepAliveTime(5, TimeUnit.SECONDS);
        pool.allowCoreThreadTimeOut(true);
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    /** Runs something soon. */
    public static void run(Runnable work) {
        POOL.execute(work);
    }

    /** Runs something later, on real time; cancelling the future takes it back. */
    public static Future<?> after(Duration delay, Runnable work) {
        return POOL.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
