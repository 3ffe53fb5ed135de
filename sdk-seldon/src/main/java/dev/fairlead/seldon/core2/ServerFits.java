package dev.fairlead.seldon.core2;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says which servers can take a model, and why the others cannot.
 *
 * @param model the model's name
 * @param servers each server, in the order of their names
 */
public record ServerFits(String model, List<ServerFit> servers) {
    /** Copies the list. */
    public ServerFits {
        servers = List.copyOf(servers);
    }

    /** Tells whether some server can take the model. */
    public boolean fits() {
        return servers.stream().anyMatch(ServerFit::fits);
    }

    /** Returns a server by its name. */
    public Optional<ServerFit> server(String name) {
        return servers.stream().filter(s -> s.server().equals(name)).findFirst();
    }

    /** Tells whether it is only a matter of waiting: some server would do once its replicas have told the scheduler of themselves. */
    public boolean waiting() {
        return !fits()
                && servers.stream()
                        .anyMatch(s -> !s.misses().isEmpty()
                                && s.misses().stream().allMatch(m -> m.filter().equals(ServerFilter.CONNECTED)));
    }

    /** Returns the reasons as the scheduler words them, in no particular order; empty where a server fits or none was looked at. */
    public List<String> schedulersWords() {
        return fits()
                ? List.of()
                : servers.stream()
                        .flatMap(s -> s.misses().stream())
                        .map(ServerFit.Miss::schedulersWords)
                        .filter(words -> !words.isEmpty())
                        .toList();
    }

    @Override
    public String toString() {
        if (servers.isEmpty()) {
            return "no server for model '" + model + "': there is none in the namespace";
        }
        return (fits() ? "servers for model '" : "no server for model '") + model + "': "
                + servers.stream().map(ServerFit::toString).collect(Collectors.joining("; "));
    }
}
