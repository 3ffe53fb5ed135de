package dev.fairlead.testing.server;

import org.opentest4j.TestAbortedException;

/** Kept apart, so that the servers also run where no JUnit is on the class path. */
final class Skips {
    private Skips() {}

    static RuntimeException skipped(String reason) {
        return new TestAbortedException(reason);
    }
}
