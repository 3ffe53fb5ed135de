package dev.fairlead.testing.internal.kube;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scripted faults: each waits for the requests it is meant for, and is used up by them. Thread-safe. */
public final class Faults {
    private final List<Fault> faults = new ArrayList<>();

    /**
     * One fault.
     *
     * @param match an operation such as {@code apply configmaps}, or a part of the path when it starts with a slash; {@code *} is anything
     * @param status what is answered instead, or 0
     * @param headers sent with it
     * @param delay how long the answer takes
     * @param drop whether the work is done and its answer lost
     */
    public record Fault(
            String match,
            int status,
            Map<String, String> headers,
            @Nullable Duration delay,
            boolean drop) {
        boolean meant(String operation, String path) {
            return match.equals("*") || match.equals(operation) || (match.startsWith("/") && path.contains(match));
        }
    }

    /** Adds a fault for a number of requests. */
    public void add(Fault fault, int times) {
        synchronized (faults) {
            for (int i = 0; i < times; i++) {
                faults.add(fault);
            }
        }
    }

    /** Forgets all faults. */
    public void clear() {
        synchronized (faults) {
            faults.clear();
        }
    }

    @Nullable
    Fault take(String operation, String path) {
        synchronized (faults) {
            for (Fault fault : faults) {
                if (fault.meant(operation, path)) {
                    faults.remove(fault);
                    return fault;
                }
            }
            return null;
        }
    }
}
