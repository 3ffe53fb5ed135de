package dev.fairlead.internal.retry;

import java.util.concurrent.atomic.AtomicInteger;

/** Tokens that all calls to one service share, so that an outage is not multiplied by everybody's repeats. Thread-safe. */
public final class RetryBudget {
    private static final int REPEAT_COSTS = 5;
    private static final int SUCCESS_GIVES = 1;

    private final int full;
    private final AtomicInteger tokens;

    /** Creates a full budget. */
    public RetryBudget(int tokens) {
        this.full = tokens;
        this.tokens = new AtomicInteger(tokens);
    }

    /** Takes the price of one repeat; returns whether it could be paid. */
    public boolean take() {
        while (true) {
            int now = tokens.get();
            if (now < REPEAT_COSTS) {
                return false;
            }
            if (tokens.compareAndSet(now, now - REPEAT_COSTS)) {
                return true;
            }
        }
    }

    /** Gives back what a success earns. */
    public void earn() {
        tokens.updateAndGet(now -> Math.min(full, now + SUCCESS_GIVES));
    }
}
