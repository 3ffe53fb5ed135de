package dev.fairlead.support;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails what leaves something behind; it is on for every test. After each test: no answer left open, no thread of the library still at work.
 * After each class, when all that it held is closed: no thread of the library or of its fakes, no server process that is not everybody's.
 */
public final class LeakCheck implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(LeakCheck.class);
    private static final long GRACE_NANOS = 3_000_000_000L;

    /** A server within this JVM, a port that a platform forwards and a watch, which outlives its last holder, may live as long as the class. */
    private static final List<String> LONGER =
            List.of("fairlead-fake-", "HTTP-Dispatcher", "fairlead-forward-", "fairlead-watch-");

    @Override
    public void beforeAll(ExtensionContext context) {
        Set<Thread> threads = threads();
        Set<Long> processes = processes();
        // a store closes first what came last, so that what the tests put there is closed before we look
        context.getStore(HERE).put("class", (AutoCloseable) () -> {
            none(() -> left(threads, t -> !waitsForAnybody(t)));
            none(() -> left(processes));
        });
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(HERE).put("threads", threads());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void afterEach(ExtensionContext context) {
        Set<Thread> before = (Set<Thread>) context.getStore(HERE).remove("threads", Set.class);
        none(() -> left(before, t -> !mayStay(t) && !isIdle(t)));
        none(LeakCheck::answers);
    }

    /** Waits a little for what is just ending, then tells what has not. */
    private static void none(Supplier<Set<String>> look) {
        long end = System.nanoTime() + GRACE_NANOS;
        Set<String> left = look.get();
        while (!left.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(10_000_000);
            left = look.get();
        }
        if (!left.isEmpty()) {
            throw new AssertionError("left behind: " + left);
        }
    }

    private static Set<String> left(Set<Thread> before, Predicate<Thread> counts) {
        Set<Thread> now = new HashSet<>(threads());
        now.removeAll(before);
        return now.stream()
                .filter(counts)
                .filter(Thread::isAlive)
                .map(t -> "thread " + t.getName())
                .collect(Collectors.toSet());
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("fairlead-") || mayStay(t))
                .collect(Collectors.toSet());
    }

    private static boolean mayStay(Thread thread) {
        return LONGER.stream().anyMatch(thread.getName()::startsWith);
    }

    /** Tells a pool's thread that has nothing to do. */
    private static boolean isIdle(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("java.util.concurrent.ThreadPoolExecutor")
                    && frame.getMethodName().equals("getTask")) {
                return true;
            }
        }
        return false;
    }

    /** The threads that carry waits serve every platform of the JVM and end by themselves. */
    private static boolean waitsForAnybody(Thread thread) {
        return thread.getName().startsWith("fairlead-wait-") && isIdle(thread);
    }

    private static Set<String> answers() {
        int count = (int)
                ask("dev.fairlead.internal.http.OkHttpTransport", "openCalls").orElse(0);
        return count == 0 ? Set.of() : Set.of(count + " answers not closed");
    }

    private static Set<Long> processes() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private static Set<String> left(Set<Long> before) {
        Set<?> shared = (Set<?>) ask("dev.fairlead.testing.server.RealServers", "sharedProcesses")
                .orElse(Set.of());
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .filter(p -> !before.contains(p.pid()) && !shared.contains(p.pid()))
                .map(p -> "process " + p.pid() + " "
                        + p.info().arguments().map(LeakCheck::end).orElse(""))
                .collect(Collectors.toSet());
    }

    private static String end(String... arguments) {
        return String.join(" ", List.of(arguments).subList(Math.max(0, arguments.length - 4), arguments.length));
    }

    /** Asks one of our own classes, where it is on the class path: this module knows none of them. */
    private static Optional<Object> ask(String type, String method) {
        try {
            Method found = Class.forName(type).getDeclaredMethod(method);
            found.setAccessible(true);
            return Optional.of(found.invoke(null));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " no longer answers " + method, e);
        }
    }
}
