package dev.fairlead.testing.internal.http;

import dev.fairlead.testing.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The faults of one server, oldest first. */
public final class FaultScript implements Faults {
    private final IntFunction<Answer> errorAnswer;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable String unreliable;
    private double lost;
    private Random chance = new Random();

    /** Creates an empty script; {@code errorAnswer} makes the server's own kind of error for a status. */
    public FaultScript(IntFunction<Answer> errorAnswer) {
        this.errorAnswer = errorAnswer;
    }

    /** What goes wrong with one call. */
    sealed interface Fault {
        record Fail(Answer answer) implements Fault {}

        record Delay(Duration delay) implements Fault {}

        record DropReply() implements Fault {}

        record DropRequest() implements Fault {}

        record Truncate(long bytes) implements Fault {}
    }

    private static final class Entry {
        final String operation;
        final Fault fault;
        int left;

        Entry(String operation, Fault fault, int left) {
            this.operation = operation;
            this.fault = fault;
            this.left = left;
        }
    }

    @Override
    public Faults failNext(String operation, int status, int times) {
        return add(operation, new Fault.Fail(errorAnswer.apply(status)), times);
    }

    @Override
    public Faults failNext(String operation, int status, int times, Map<String, String> headers, String body) {
        Answer answer = Answer.text(status, headers.getOrDefault("Content-Type", "text/plain; charset=utf-8"), body);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            answer = answer.header(header.getKey(), header.getValue());
        }
        return add(operation, new Fault.Fail(answer), times);
    }

    @Override
    public Faults delayNext(String operation, Duration delay, int times) {
        return add(operation, new Fault.Delay(delay), times);
    }

    @Override
    public Faults dropNextReply(String operation, int times) {
        return add(operation, new Fault.DropReply(), times);
    }

    @Override
    public Faults dropNextRequest(String operation, int times) {
        return add(operation, new Fault.DropRequest(), times);
    }

    @Override
    public Faults truncateNextReply(String operation, long bytes, int times) {
        return add(operation, new Fault.Truncate(bytes), times);
    }

    /** Drops this share of an operation's replies, besides what is scripted: the same ones for the same seed. */
    public synchronized FaultScript dropSomeReplies(String operation, double share, long seed) {
        unreliable = operation;
        lost = share;
        chance = new Random(seed);
        return this;
    }

    private synchronized Faults add(String operation, Fault fault, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1, was " + times);
        }
        entries.add(new Entry(operation, fault, times));
        return this;
    }

    @Override
    public synchronized void clear() {
        entries.clear();
        unreliable = null;
    }

    @Override
    public synchronized int pending() {
        return entries.stream().mapToInt(e -> e.left).sum();
    }

    /** Takes the first fault that fits a request. */
    synchronized @Nullable Fault take(String method, String path) {
        for (Iterator<Entry> i = entries.iterator(); i.hasNext(); ) {
            Entry entry = i.next();
            if (fits(entry.operation, method, path)) {
                if (--entry.left == 0) {
                    i.remove();
                }
                return entry.fault;
            }
        }
        if (unreliable != null && fits(unreliable, method, path) && chance.nextDouble() < lost) {
            return new Fault.DropReply();
        }
        return null;
    }

    static boolean fits(String operation, String method, String path) {
        if (operation.equals("*")) {
            return true;
        }
        int space = operation.indexOf(' ');
        if (space >= 0 && !operation.substring(0, space).equals(method)) {
            return false;
        }
        String part = operation.substring(space + 1);
        String inner = part.startsWith("/") ? part.substring(1) : part;
        return part.equals("*") || (path + "/").contains("/" + inner + "/");
    }
}
