package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.core2.ServerFit.Miss;
import dev.fairlead.seldon.internal.crd.Core2Codec;
import dev.fairlead.seldon.internal.crd.ModelCodec;
import dev.fairlead.spi.KubeAccess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says which server takes a model: what follows from the cluster's objects, corrected by what the scheduler itself has said of the model. */
final class ServerSearch {
    private static final Pattern WORDS =
            Pattern.compile("failed (?:server|replica) filter (\\w+) for server replica ([^ :]+)(?::(\\d+))? : (.*?)"
                    + "(?=\\]$| failed (?:server|replica) filter )");

    private final KubeAccess kube;
    private final String namespace;

    ServerSearch(KubeAccess kube, String namespace) {
        this.kube = kube;
        this.namespace = namespace;
    }

    ServerFits explain(SeldonModel model) {
        return explain(
                model, new ServerPods(kube, namespace).views(), kube.find(Core2Codec.MODEL, namespace, model.name()));
    }

    List<ServerFits> explain(List<SeldonModel> models) {
        List<ServerView> servers = new ServerPods(kube, namespace).views();
        Map<String, Map<String, Object>> stored = kube.list(Core2Codec.MODEL, namespace, null).stream()
                .collect(Collectors.toMap(ServerPods::name, o -> o, (one, other) -> one));
        return models.stream()
                .map(model -> explain(model, servers, Optional.ofNullable(stored.get(model.name()))))
                .toList();
    }

    private static ServerFits explain(
            SeldonModel model, List<ServerView> servers, Optional<Map<String, Object>> stored) {
        ServerFits replayed = SchedulerFilters.replay(model, servers);
        return stored.filter(o -> Core2Mark.sameToScheduler(ModelCodec.read(o), model))
                .flatMap(o -> Core2Failures.of(Core2StatusReader.read(o)))
                .filter(failure -> failure.kind() == Core2Failure.Kind.NO_SERVER_FITS)
                .map(failure -> corrected(replayed, failure.message()))
                .orElse(replayed);
    }

    /** What the scheduler said of a server counts, in our words where we came to the same. */
    private static ServerFits corrected(ServerFits replayed, String reason) {
        Map<String, ServerFit> servers = new TreeMap<>();
        replayed.servers().forEach(s -> servers.put(s.server(), s));
        said(reason).forEach((server, misses) -> {
            List<Miss> ours = Optional.ofNullable(servers.get(server))
                    .map(ServerFit::misses)
                    .orElse(List.of());
            List<Miss> merged = new ArrayList<>();
            boolean gone = !servers.containsKey(server);
            misses.forEach(miss -> merged.add(gone ? ofNoServer(miss) : inOurWords(miss, ours)));
            ours.stream().filter(o -> o.filter().equals(ServerFilter.REPLICAS)).forEach(merged::add);
            servers.put(server, new ServerFit(server, merged));
        });
        return new ServerFits(replayed.model(), List.copyOf(servers.values()));
    }

    /** The scheduler never forgets a server; nobody need wait for the replicas of one that was deleted. */
    private static Miss ofNoServer(Miss said) {
        return said.filter().equals(ServerFilter.CONNECTED)
                ? new Miss(ServerFilter.DELETED, -1, "it was deleted", "", said.schedulersWords())
                : said;
    }

    /** Of a server without replicas the scheduler only says so: what will stand against it when it has some is worth more. */
    private static Miss inOurWords(Miss said, List<Miss> ours) {
        if (said.filter().equals(ServerFilter.CONNECTED) && !ours.isEmpty()) {
            Miss first = ours.get(0);
            return new Miss(first.filter(), -1, first.message(), first.remedy(), said.schedulersWords());
        }
        return ours.stream()
                .filter(o -> o.schedulersWords().equals(said.schedulersWords()))
                .findFirst()
                .orElse(said);
    }

    /** Takes the scheduler's reason apart, by server. */
    static Map<String, List<Miss>> said(String reason) {
        Map<String, List<Miss>> said = new LinkedHashMap<>();
        Matcher matcher = WORDS.matcher(reason);
        while (matcher.find()) {
            ServerFilter filter = ServerFilter.of(matcher.group(1));
            int replica = matcher.group(3) == null ? -1 : Integer.parseInt(matcher.group(3));
            said.computeIfAbsent(matcher.group(2), s -> new ArrayList<>())
                    .add(new Miss(filter, replica, sentence(filter, matcher.group(4)), "", matcher.group()));
        }
        return said;
    }

    private static String sentence(ServerFilter filter, String description) {
        return filter.equals(ServerFilter.CONNECTED)
                ? "none of its replicas has told the scheduler of itself yet"
                : "the scheduler's " + filter + " says: " + description;
    }
}
