package dev.fairlead.testing.internal.http;

import dev.fairlead.testing.RecordedRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests of one server, at most 100,000. Thread-safe. */
public final class Journal {
    private static final int MAX = 100_000;

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();

    synchronized void add(RecordedRequest request) {
        if (requests.size() == MAX) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    /** Returns all requests, oldest first. */
    public synchronized List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    /** Returns the requests of an operation, named as in a fault script. */
    public List<RecordedRequest> of(String operation) {
        return all().stream()
                .filter(r -> FaultScript.fits(operation, r.method(), r.path()))
                .toList();
    }

    /** Forgets all requests. */
    public synchronized void clear() {
        requests.clear();
    }
}
