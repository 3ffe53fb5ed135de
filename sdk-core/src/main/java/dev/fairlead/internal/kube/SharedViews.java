package dev.fairlead.internal.kube;

import dev.fairlead.config.CallOptions;
import dev.fairlead.internal.http.LineContext;
import dev.fairlead.internal.wait.WaitThreads;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.KubeAccess.View;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Sees to it that there is one watch of the same objects however many hold a view of them. Thread-safe. */
final class SharedViews implements AutoCloseable {
    /** How long a watch outlives its last holder: who waits for one thing after the other begins no new one each time. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final HttpCalls line;
    private final LineContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, SharedView> views = new HashMap<>();

    SharedViews(HttpCalls line, LineContext context) {
        this.line = line.with(CallOptions.NONE.retry(r -> r.withMaxAttempts(1))); // a watch tries again by itself
        this.context = context;
    }

    /** Says which objects a view shows. */
    record Key(Kind kind, String namespace, @Nullable String labels) {}

    View open(Key key, View.Listener listener) {
        context.open().run();
        lock.lock();
        try {
            SharedView view = views.get(key);
            if (view == null || view.hasFailed()) {
                view = new SharedView(this, key, line, context);
                views.put(key, view);
                View handle = view.join(listener);
                view.start();
                return handle;
            }
            return view.join(listener);
        } finally {
            lock.unlock();
        }
    }

    /** Ends a view that nobody holds, unless somebody comes soon. */
    void left(Key key, SharedView view) {
        if (!view.isHeld()) {
            var unused = WaitThreads.after(LINGER, () -> endUnlessHeld(key, view));
        }
    }

    private void endUnlessHeld(Key key, SharedView view) {
        lock.lock();
        try {
            if (!view.isHeld()) {
                view.stop();
                views.remove(key, view);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            views.values().forEach(SharedView::stop);
            views.clear();
        } finally {
            lock.unlock();
        }
    }
}
