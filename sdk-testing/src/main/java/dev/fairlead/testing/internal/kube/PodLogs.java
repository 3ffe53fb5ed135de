package dev.fairlead.testing.internal.kube;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the containers of pods wrote. Thread-safe. */
public final class PodLogs {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Map<String, StringBuilder> logs = new HashMap<>();
    private boolean closed;

    private static String key(String namespace, String pod, String container) {
        return namespace + "/" + pod + "/" + container;
    }

    /** Appends to a log. */
    public void append(String namespace, String pod, String container, String text) {
        lock.lock();
        try {
            logs.computeIfAbsent(key(namespace, pod, container), k -> new StringBuilder())
                    .append(text);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    String tail(String namespace, String pod, String container, String tailLines) {
        lock.lock();
        try {
            String text = logs.getOrDefault(key(namespace, pod, container), new StringBuilder())
                    .toString();
            if (tailLines.isEmpty()) {
                return text;
            }
            List<String> lines = Arrays.asList(text.split("(?<=\n)", -1)).stream()
                    .filter(l -> !l.isEmpty())
                    .toList();
            int from = Math.max(0, lines.size() - Integer.parseInt(tailLines));
            return String.join("", lines.subList(from, lines.size()));
        } finally {
            lock.unlock();
        }
    }

    /** Sends what there is and what comes, until the client goes or the fake is closed. */
    void follow(String namespace, String pod, String container, Answer answer)
            throws IOException, InterruptedException {
        int sent = 0;
        while (true) {
            String text;
            lock.lockInterruptibly();
            try {
                text = logs.getOrDefault(key(namespace, pod, container), new StringBuilder())
                        .toString();
                if (text.length() == sent) {
                    if (closed) {
                        return;
                    }
                    var unused = grown.await(1, TimeUnit.SECONDS);
                }
            } finally {
                lock.unlock();
            }
            if (text.length() > sent) {
                answer.piece(text.substring(sent));
                sent = text.length();
            }
        }
    }
}
