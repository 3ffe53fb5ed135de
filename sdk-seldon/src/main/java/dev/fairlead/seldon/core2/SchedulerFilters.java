package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.core2.ServerFit.Miss;
import dev.fairlead.seldon.core2.ServerView.Replica;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Does in Java what the scheduler does when it looks for a server: the filters of servers, then those of replicas, each up to the first that
 * fails, and then the count.
 */
final class SchedulerFilters {
    private static final String EXPLAINERS = "alibi-explain";

    private final SeldonModel model;
    private final List<String> requirements;

    private SchedulerFilters(SeldonModel model) {
        this.model = model;
        this.requirements = requirements(model);
    }

    static ServerFits replay(SeldonModel model, List<ServerView> servers) {
        SchedulerFilters filters = new SchedulerFilters(model);
        return new ServerFits(
                model.name(),
                servers.stream()
                        .sorted(Comparator.comparing(ServerView::name))
                        .map(filters::server)
                        .toList());
    }

    /** What the operator asks the scheduler for: the requirements, and the type of the model as one more. */
    static List<String> requirements(SeldonModel model) {
        List<String> all = new ArrayList<>(model.requirements());
        model.modelType().ifPresent(all::add);
        return all;
    }

    static int replicas(SeldonModel model) {
        return model.replicas().orElse(model.minReplicas().orElse(1));
    }

    static long memory(SeldonModel model) {
        return model.memory()
                .map(MemoryAmount::bytes)
                .orElse(OptionalLong.empty())
                .orElse(0L);
    }

    private ServerFit server(ServerView server) {
        Optional<Miss> whole = whole(server);
        if (whole.isPresent()) {
            return new ServerFit(server.name(), List.of(whole.get()));
        }
        List<Miss> misses = new ArrayList<>();
        int fitting = 0;
        for (Replica replica : server.replicas()) {
            Optional<Miss> miss = replica(server.name(), replica);
            miss.ifPresent(misses::add);
            fitting += miss.isPresent() ? 0 : 1;
        }
        int wanted = replicas(model);
        if (fitting >= wanted) {
            return new ServerFit(server.name(), List.of());
        }
        if (fitting > 0) {
            misses.add(new Miss(
                    ServerFilter.REPLICAS,
                    -1,
                    "the model wants " + wanted + " replicas and only " + fitting + " of the server can take one",
                    "give the server as many replicas, or ask for fewer",
                    ""));
        }
        return new ServerFit(server.name(), misses);
    }

    private Optional<Miss> whole(ServerView server) {
        String name = server.name();
        if (server.replicas().isEmpty()) {
            return Optional.of(hopeless(server)
                    .orElseGet(() -> new Miss(
                            ServerFilter.CONNECTED,
                            -1,
                            "none of its replicas has told the scheduler of itself yet",
                            "see whether its pods come up",
                            words(
                                    ServerFilter.CONNECTED,
                                    name,
                                    "0 server replicas (waiting for server replicas to connect)"))));
        }
        if (model.server().isPresent() && !model.server().get().equals(name)) {
            return Optional.of(named(name));
        }
        if (server.expected() == 0) {
            return Optional.of(new Miss(
                    ServerFilter.DELETED,
                    -1,
                    "it is being deleted, or is to have no replicas",
                    "give it a replica",
                    words(ServerFilter.DELETED, name, "expected replicas 0 != 0")));
        }
        return Optional.empty();
    }

    /** Of a server without replicas the scheduler only says so; what else stands against it is worth more. */
    private Optional<Miss> hopeless(ServerView server) {
        String saying = words(
                ServerFilter.CONNECTED, server.name(), "0 server replicas (waiting for server replicas to connect)");
        Optional<Miss> other = Optional.empty();
        if (model.server().isPresent() && !model.server().get().equals(server.name())) {
            other = Optional.of(named(server.name()));
        } else if (server.expected() == 0) {
            other = Optional.of(
                    new Miss(ServerFilter.DELETED, -1, "it is to have no replicas", "give it a replica", saying));
        } else {
            other = replica(server.name(), server.eligible());
        }
        return other.map(miss -> new Miss(miss.filter(), -1, miss.message(), miss.remedy(), saying));
    }

    private Miss named(String server) {
        String asked = model.server().orElse("");
        return new Miss(
                ServerFilter.NAMED,
                -1,
                "the model asks for the server '" + asked + "'",
                "name this one, or none",
                words(ServerFilter.NAMED, server, "requested server " + asked + " == " + server));
    }

    private Optional<Miss> replica(String server, Replica replica) {
        List<String> lacking = requirements.stream()
                .filter(r -> !replica.capabilities().contains(r.strip()))
                .toList();
        String capabilities = "replica capabilities " + words(replica.capabilities());
        if (!lacking.isEmpty()) {
            return Optional.of(new Miss(
                    ServerFilter.REQUIREMENTS,
                    replica.index(),
                    "it cannot run " + lacking + ", only " + replica.capabilities(),
                    "ask for what it can, or deploy a server with the capability",
                    words(
                            ServerFilter.REQUIREMENTS,
                            server + ":" + replica.index(),
                            "model requirements " + words(requirements) + " " + capabilities)));
        }
        long memory = memory(model);
        if (replica.memory().isPresent() && memory > replica.memory().getAsLong()) {
            long has = replica.memory().getAsLong();
            return Optional.of(new Miss(
                    ServerFilter.MEMORY,
                    replica.index(),
                    "the model wants " + memory + " bytes of memory and models have " + has + " on it",
                    "ask for less, or give its mlserver or triton container a larger memory request",
                    words(
                            ServerFilter.MEMORY,
                            server + ":" + replica.index(),
                            "model memory " + memory + " replica memory " + has)));
        }
        if (model.explainer().isPresent() && !replica.capabilities().contains(EXPLAINERS)) {
            return Optional.of(new Miss(
                    ServerFilter.EXPLAINER,
                    replica.index(),
                    "it runs no explainers: its capabilities lack " + EXPLAINERS,
                    "deploy a server with the capability " + EXPLAINERS,
                    words(
                            ServerFilter.EXPLAINER,
                            server + ":" + replica.index(),
                            "model is explainer false " + capabilities)));
        }
        return replica.draining() ? Optional.of(draining(server, replica)) : Optional.empty();
    }

    private static Miss draining(String server, Replica replica) {
        return new Miss(
                ServerFilter.DRAINING,
                replica.index(),
                "replica " + replica.index() + " is about to end",
                "",
                words(
                        ServerFilter.DRAINING,
                        server + ":" + replica.index(),
                        "Replica server " + replica.index() + " is draining check true"));
    }

    private static String words(ServerFilter filter, String place, String description) {
        return "failed " + (place.contains(":") ? "replica" : "server") + " filter " + filter.value()
                + " for server replica " + place + " : " + description;
    }

    private static String words(List<String> list) {
        return "[" + String.join(" ", list) + "]";
    }
}
