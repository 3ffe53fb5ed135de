package dev.fairlead.seldon.core2;

import java.util.List;
import java.util.Optional;

/**
 * Says whether one server can take a model.
 *
 * @param server the server's name
 * @param misses what stands against it, the whole server's or each replica's; empty where it can
 */
public record ServerFit(String server, List<Miss> misses) {
    /** Copies the list. */
    public ServerFit {
        misses = List.copyOf(misses);
    }

    /**
     * Says what stands against a server or one of its replicas.
     *
     * @param filter which filter it fails
     * @param replica the replica's index, or -1 for the whole server
     * @param message what it lacks
     * @param remedy what to do
     * @param schedulersWords the reason as the scheduler words it; empty where it has no words for it
     */
    public record Miss(ServerFilter filter, int replica, String message, String remedy, String schedulersWords) {
        @Override
        public String toString() {
            return message + (remedy.isEmpty() ? "" : "; " + remedy);
        }
    }

    /** Tells whether it can take the model. */
    public boolean fits() {
        return misses.isEmpty();
    }

    /** Returns the filter that decides, where it cannot take the model: the first one. */
    public Optional<ServerFilter> filter() {
        return misses.stream().map(Miss::filter).findFirst();
    }

    @Override
    public String toString() {
        return "server '" + server + "' "
                + (fits()
                        ? "fits"
                        : "does not: "
                                + String.join(
                                        ", ",
                                        misses.stream()
                                                .map(Miss::toString)
                                                .distinct()
                                                .toList()));
    }
}
