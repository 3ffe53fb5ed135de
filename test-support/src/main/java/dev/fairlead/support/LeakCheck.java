package dev.fairlead.support;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class that leaves a non-daemon thread, or a {@code fairlead-*} thread it did not find, behind. */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(LeakCheck.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(HERE).put("threads", suspicious());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void afterAll(ExtensionContext context) throws InterruptedException {
        Set<Thread> before = (Set<Thread>) context.getStore(HERE).remove("threads", Set.class);
        Set<Thread> left = suspicious();
        left.removeAll(before);
        for (Thread thread : left) {
            thread.join(3_000);
        }
        left.removeIf(t -> !t.isAlive());
        if (!left.isEmpty()) {
            throw new AssertionError("threads left behind: "
                    + left.stream().map(Thread::getName).sorted().toList());
        }
    }

    private static Set<Thread> suspicious() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("fairlead-"))
                .collect(Collectors.toSet());
    }
}
