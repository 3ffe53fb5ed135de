package dev.fairlead.seldon;

import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.OperationInterruptedException;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.seldon.internal.crd.StatusCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.View;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Tells events out of the watch that all of a namespace share. What is not asked for yet is kept once for each deployment. */
final class ViewedDeployments implements DeploymentWatch, View.Listener {
    private final String namespace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<String, Change> untold = new LinkedHashMap<>();
    private final View view;
    private boolean closed;

    private record Change(
            @Nullable Map<String, Object> before, @Nullable Map<String, Object> now) {}

    ViewedDeployments(KubeAccess kube, String namespace) {
        this.namespace = namespace;
        this.view = kube.view(SeldonDeploymentCodec.KIND, namespace, null, this);
    }

    @Override
    public void changed(@Nullable Map<String, Object> before, @Nullable Map<String, Object> now) {
        Map<String, Object> object = now == null ? before : now;
        if (object == null) {
            return;
        }
        lock.lock();
        try {
            String name = PodDiagnosis.name(object);
            Change earlier = untold.get(name);
            Change whole = new Change(earlier == null ? before : earlier.before(), now);
            if (whole.before() == null && whole.now() == null) {
                untold.remove(name); // it came and went unseen
            } else {
                untold.put(name, whole);
            }
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stateChanged() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<DeploymentEvent> next(Duration timeout) {
        long left = timeout.toNanos();
        while (true) {
            // asked before our own lock is taken: the watch takes them the other way round
            Optional<MlPlatformException> trouble = view.trouble().filter(t -> !t.retryable());
            lock.lock();
            try {
                if (!untold.isEmpty()) {
                    return Optional.of(event(first()));
                }
                if (trouble.isPresent()) {
                    throw trouble.get();
                }
                if (closed || left <= 0) {
                    return Optional.empty();
                }
                left = news.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException(
                        "interrupted while watching the seldon deployments of " + namespace, namespace, "");
            } finally {
                lock.unlock();
            }
        }
    }

    private Change first() {
        Iterator<Change> changes = untold.values().iterator();
        Change first = changes.next();
        changes.remove();
        return first;
    }

    private static DeploymentEvent event(Change change) {
        Map<String, Object> before = change.before();
        Map<String, Object> now = change.now();
        Map<String, Object> shown = now != null ? now : before != null ? before : Map.of();
        DeploymentEvent.Type type = now == null
                ? DeploymentEvent.Type.DELETED
                : before == null ? DeploymentEvent.Type.ADDED : DeploymentEvent.Type.CHANGED;
        return new DeploymentEvent(type, DefaultSeldonDeployments.read(shown), StatusCodec.read(shown));
    }

    @Override
    public void close() {
        view.close();
        lock.lock();
        try {
            closed = true;
            untold.clear();
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "DeploymentWatch[" + namespace + "]";
    }
}
