package dev.fairlead.seldon.core2;

import java.util.List;
import java.util.OptionalLong;

/**
 * A server as the scheduler sees it.
 *
 * @param name its name
 * @param expected how many replicas it is to have; -1 where nobody has said
 * @param replicas those that have told the scheduler of themselves
 * @param eligible what a replica will be able to do once there is one
 */
record ServerView(String name, int expected, List<Replica> replicas, Replica eligible) {

    /**
     * A replica.
     *
     * @param index its index
     * @param capabilities what it says that it can do
     * @param memory how much memory models may have on it, in bytes; empty where that is not known
     * @param draining whether it is about to end
     */
    record Replica(int index, List<String> capabilities, OptionalLong memory, boolean draining) {
        Replica at(int other) {
            return new Replica(other, capabilities, memory, draining);
        }
    }
}
