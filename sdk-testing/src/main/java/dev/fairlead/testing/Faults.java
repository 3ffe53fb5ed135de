package dev.fairlead.testing;

import java.time.Duration;
import java.util.Map;

/**
 * Scripts what a fake server does wrong next. Thread-safe.
 *
 * <p>An operation is a part of the request's path, in whole segments, such as {@code runs/log-batch}; a method before it narrows it
 * ({@code POST runs/create}); {@code *} means any call. Faults of one operation are used up in the order in which they were set.
 */
public interface Faults {
    /** Answers the next calls with a status and the server's own kind of error body; the server does not act. */
    Faults failNext(String operation, int status, int times);

    /** Answers the next calls with a status, headers and body; the server does not act. */
    Faults failNext(String operation, int status, int times, Map<String, String> headers, String body);

    /** Lets the next calls wait before the server acts. */
    Faults delayNext(String operation, Duration delay, int times);

    /** Lets the server act on the next calls, and cuts the connection before a byte of the answer is sent. */
    Faults dropNextReply(String operation, int times);

    /** Cuts the connection of the next calls before the server acts. */
    Faults dropNextRequest(String operation, int times);

    /** Lets the server act on the next calls, and cuts the connection after so many bytes of the answer's body. */
    Faults truncateNextReply(String operation, long bytes, int times);

    /** Forgets every fault that has not been used up. */
    void clear();

    /** Returns how many faults have not been used up. */
    int pending();
}
