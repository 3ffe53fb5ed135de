package dev.fairlead.internal.kube;

import dev.fairlead.error.MlPlatformException;
import dev.fairlead.internal.http.LineContext;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.KubeAccess.View;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The objects of a kind, kept by one thread that watches, for all who hold the view. */
final class SharedView implements Watching.Sink {
    private static final Duration UNBOUNDED = Duration.ofDays(365);

    private final SharedViews owner;
    private final SharedViews.Key key;
    private final LineContext context;
    private final Watching watching;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final ViewCache cache = new ViewCache();
    private final Set<Handle> handles = new LinkedHashSet<>();
    private @Nullable BigInteger version;
    private @Nullable MlPlatformException trouble;
    private volatile boolean stopped;

    SharedView(SharedViews owner, SharedViews.Key key, HttpCalls line, LineContext context) {
        this.owner = owner;
        this.key = key;
        this.context = context;
        this.watching =
                new Watching(line, context, new Watching.What(key.kind(), key.namespace(), null, key.labels()), this);
        this.thread = new Thread(this::run, "fairlead-watch-" + key.kind().plural());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped = true;
        thread.interrupt();
    }

    private void run() {
        Deadline deadline = Deadline.after(context.clock(), UNBOUNDED);
        while (!stopped) {
            try {
                watching.run(deadline);
            } catch (MlPlatformException e) {
                if (!stopped && !goesOn(e, deadline)) {
                    return;
                }
            } catch (RuntimeException e) {
                if (!stopped) {
                    troubled(new ViewBrokenException(key.kind().plural(), e));
                }
                return;
            }
        }
    }

    private boolean goesOn(MlPlatformException e, Deadline deadline) {
        troubled(e);
        if (e.retryable()) {
            try {
                watching.restAfterFailure(deadline);
                return true;
            } catch (MlPlatformException interrupted) {
                return !stopped;
            }
        }
        return false;
    }

    private void troubled(@Nullable MlPlatformException now) {
        locked(() -> {
            trouble = now;
            handles.forEach(handle -> handle.listener.stateChanged());
            return true;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether the watch has ended for good. */
    boolean hasFailed() {
        return locked(() -> trouble != null && !trouble.retryable());
    }

    @Override
    public boolean present(List<Map<String, Object>> objects, @Nullable String at) {
        return locked(() -> {
            cache.replace(objects).forEach(this::tell);
            reached(at);
            trouble = null;
            handles.forEach(handle -> handle.listener.stateChanged());
            return false;
        });
    }

    @Override
    public boolean event(String type, Map<String, Object> object) {
        return locked(() -> {
            if (type.equals("ADDED") || type.equals("MODIFIED")) {
                cache.put(object).ifPresent(this::tell);
            } else if (type.equals("DELETED")) {
                cache.remove(object).ifPresent(this::tell);
            }
            reached(KubeCalls.text(KubeCalls.metadata(object).get("resourceVersion")));
            if (trouble != null) {
                troubled(null);
            }
            return false;
        });
    }

    private void tell(ViewCache.Change change) {
        handles.forEach(handle -> handle.listener.changed(change.before(), change.now()));
    }

    private void reached(@Nullable String at) {
        if (at != null && isNumber(at)) {
            version = new BigInteger(at);
        }
    }

    private static boolean isNumber(String version) {
        return !version.isEmpty() && version.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Lets somebody in; a listener is told of what is there before anything else happens. */
    View join(View.Listener listener) {
        Handle handle = new Handle(listener);
        return locked(() -> {
            handles.add(handle);
            if (version != null) {
                cache.all().forEach(object -> listener.changed(null, object));
                listener.stateChanged();
            }
            return handle;
        });
    }

    boolean isHeld() {
        return locked(() -> !handles.isEmpty());
    }

    @Override
    public String toString() {
        return "SharedView[" + key + "]";
    }

    /** One who holds the view. */
    private final class Handle implements View {
        private final Listener listener;
        private final AtomicBoolean closed = new AtomicBoolean();

        Handle(Listener listener) {
            this.listener = listener;
        }

        @Override
        public boolean isListed() {
            return locked(() -> version != null);
        }

        @Override
        public boolean hasReached(String resourceVersion) {
            return !isNumber(resourceVersion)
                    || locked(() -> version != null && version.compareTo(new BigInteger(resourceVersion)) >= 0);
        }

        @Override
        public Optional<Map<String, Object>> find(String namespace, String name) {
            return locked(() -> cache.find(namespace, name));
        }

        @Override
        public List<Map<String, Object>> labelled(String label, String value) {
            return locked(() -> cache.labelled(label, value));
        }

        @Override
        public Optional<MlPlatformException> trouble() {
            return locked(() -> Optional.ofNullable(trouble));
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                locked(() -> handles.remove(this));
                owner.left(key, SharedView.this);
            }
        }
    }
}
