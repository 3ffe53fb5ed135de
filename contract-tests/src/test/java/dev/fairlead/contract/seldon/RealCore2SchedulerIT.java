package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.MlPlatform;
import dev.fairlead.contract.inference.Models;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.seldon.core2.Core2Client;
import dev.fairlead.seldon.core2.Core2Object;
import dev.fairlead.seldon.core2.SeldonExperiment;
import dev.fairlead.seldon.core2.SeldonModel;
import dev.fairlead.seldon.core2.SeldonPipeline;
import dev.fairlead.seldon.core2.SeldonServer;
import dev.fairlead.seldon.core2.ServerFits;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import dev.fairlead.testing.server.SeldonCore2;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Lets the real operator and scheduler judge generated objects, and compares our verdicts with theirs. */
@RanOn("seldon core 2.6.0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealCore2SchedulerIT {
    private static final boolean FULL = "full".equals(System.getProperty("fairlead.campaign"));
    private static final int MODELS = FULL ? 240 : 40;
    private static final int PIPELINES = FULL ? 500 : 40;
    private static final int EXPERIMENTS = FULL ? 240 : 20;
    private static final int SERVERS = FULL ? 60 : 6;

    private static final String NAMESPACE = SeldonCore2.NAMESPACE;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern ENTRY =
            Pattern.compile("failed (?:server|replica) filter .*?(?=\\]$| failed (?:server|replica) filter )");
    /** Of a model without replicas Seldon Core 2.6 never says a word, unless it breaks a rule. */
    private static final String SILENT = "no replicas, no word";

    private static final int BATCH = 40;
    private static final int ROUNDS = 4;
    /** Seconds. */
    private static final int QUIET = 10;

    private static final String REFUSAL = "rpc error: code = FailedPrecondition desc = ";

    /** What we refuse and Seldon Core 2.6 does not: each is of no use, or breaks later. */
    private static final List<String> LATER = List.of("must not be below minReplicas", "must not be above maxReplicas");

    private MlPlatform platform;
    private KubeAccess kube;
    private Core2Client core2;
    private String echo;

    /** Takes the scheduler's reason apart. */
    static List<String> entries(String reason) {
        List<String> entries = new ArrayList<>();
        Matcher matcher = ENTRY.matcher(reason);
        while (matcher.find()) {
            entries.add(matcher.group());
        }
        return entries;
    }

    @BeforeAll
    void connect(@TempDir Path models) {
        Models.echoInto(models);
        echo = models.resolve("echo").toString();
        SeldonCore2 seldon = RealServers.seldon2();
        platform = MlPlatform.builder()
                .kubeconfig(RealServers.kubernetes().kubeconfig())
                .namespace(NAMESPACE)
                .build();
        kube = PlatformSpi.of(platform).kube();
        core2 = Core2Client.create(platform);
        long memory = 60L << 30;
        KubeAccess.Kind configs = kind("ServerConfig", "serverconfigs");
        Object spec = JsonCodec.camelCase()
                .object(
                        JsonCodec.camelCase()
                                .text(kube.get(configs, NAMESPACE, "mlserver").get("spec"))
                                .replace("\"1Gi\"", "\"60Gi\"")
                                .getBytes(StandardCharsets.UTF_8),
                        "spec");
        Map<String, Object> metadata = Map.of("name", "fuzz", "namespace", NAMESPACE);
        kube.apply(configs, Map.of("metadata", metadata, "spec", spec), KubeAccess.Apply.DEFAULT);
        server(seldon, "mlserver", 1, memory, List.of("sklearn", "xgboost", "mlflow"));
        server(seldon, "big", 2, memory, List.of("gpu", "mlflow", "alibi-explain"));
    }

    private void server(SeldonCore2 seldon, String name, int replicas, long memory, List<String> capabilities) {
        core2.servers()
                .deploy(SeldonServer.builder(name)
                        .serverConfig("fuzz")
                        .capabilities(capabilities)
                        .replicas(replicas)
                        .build())
                .await(LIMIT);
        IntStream.range(0, replicas).forEach(i -> seldon.connect(name, i, memory, capabilities));
    }

    @AfterAll
    void disconnect() {
        platform.close();
    }

    private record Judged(Map<String, Object> object, List<String> ours, Optional<String> refused, String reason) {
        @Override
        public String toString() {
            return JsonCodec.camelCase().text(object) + "\n  real: " + refused.orElse("taken: " + reason) + "\n  ours: "
                    + (ours.isEmpty() ? "taken" : ours);
        }
    }

    /** Sends what the API server takes, not too much at once, and waits for Seldon's word on each. */
    private List<Judged> judge(
            KubeAccess.Kind kind,
            List<Map<String, Object>> objects,
            Function<Map<String, Object>, ? extends Core2Object> read,
            Function<Map<String, Object>, Optional<String>> verdict) {
        List<Judged> judged = new ArrayList<>();
        for (int from = 0; from < objects.size(); from += BATCH) {
            judged.addAll(
                    judgeBatch(kind, objects.subList(from, Math.min(from + BATCH, objects.size())), read, verdict));
        }
        return judged;
    }

    private List<Judged> judgeBatch(
            KubeAccess.Kind kind,
            List<Map<String, Object>> objects,
            Function<Map<String, Object>, ? extends Core2Object> read,
            Function<Map<String, Object>, Optional<String>> verdict) {
        Map<String, String> refusedBySchema = new HashMap<>();
        Map<String, String> words = new HashMap<>();
        List<Map<String, Object>> sent = new ArrayList<>(objects);
        List<Map<String, Object>> silent = sent;
        for (int round = 0; round < ROUNDS && !silent.isEmpty(); round++) {
            // The operator gives up writing a status after a few conflicts with itself, and then nobody is told
            // anything: ask again, under another name.
            if (round > 0) {
                System.out.println("Seldon Core 2 lost its word on " + silent.size() + " " + kind.plural());
                Set<String> lost =
                        silent.stream().map(RealCore2SchedulerIT::name).collect(Collectors.toSet());
                sent.replaceAll(o -> lost.contains(name(o)) ? renamed(o) : o);
            }
            for (Map<String, Object> object : sent) {
                apply(kind, object, words, refusedBySchema);
            }
            listen(kind, sent, verdict, words, refusedBySchema);
            silent = sent.stream()
                    .filter(o -> !words.containsKey(name(o)) && !refusedBySchema.containsKey(name(o)))
                    .toList();
        }
        // The scheduler tries models that failed again and again: those that were judged make room.
        sent.forEach(o -> kube.delete(kind, NAMESPACE, name(o)));
        return sent.stream()
                .map(o -> judged(o, read.apply(o), refusedBySchema.get(name(o)), words.get(name(o))))
                .toList();
    }

    private void apply(
            KubeAccess.Kind kind, Map<String, Object> object, Map<String, String> words, Map<String, String> refused) {
        if (words.containsKey(name(object)) || refused.containsKey(name(object))) {
            return;
        }
        try {
            kube.apply(kind, object, KubeAccess.Apply.DEFAULT);
        } catch (InvalidRequestException e) {
            refused.put(name(object), e.reason());
        }
    }

    private static Map<String, Object> renamed(Map<String, Object> object) {
        String text = JsonCodec.camelCase().text(object).replace(name(object), name(object) + "-again");
        return JsonCodec.camelCase().object(text.getBytes(StandardCharsets.UTF_8), "object");
    }

    /** Listens until every object has a word, or none has got one for a while; and then once more, for those whose silence was taken for one. */
    private void listen(
            KubeAccess.Kind kind,
            List<Map<String, Object>> objects,
            Function<Map<String, Object>, Optional<String>> verdict,
            Map<String, String> words,
            Map<String, String> refused) {
        Set<String> sent = objects.stream().map(RealCore2SchedulerIT::name).collect(Collectors.toSet());
        int quiet = 0;
        boolean last = false;
        while (!last) {
            last = objects.stream()
                            .map(RealCore2SchedulerIT::name)
                            .allMatch(n -> words.containsKey(n) || refused.containsKey(n))
                    || quiet >= QUIET;
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            int before = words.size();
            kube.list(kind, NAMESPACE, null).stream()
                    .filter(o -> sent.contains(name(o)))
                    .forEach(o -> verdict.apply(o).ifPresent(word -> words.put(name(o), word)));
            quiet = words.size() == before ? quiet + 1 : 0;
        }
    }

    private static Judged judged(Map<String, Object> sent, Core2Object ours, String schema, String word) {
        List<String> problems = ours.problems().stream().map(Object::toString).toList();
        Optional<String> refused = Optional.ofNullable(schema)
                .or(() -> word == null ? Optional.of("NO WORD") : Optional.empty())
                .or(() -> word.startsWith("refused: ") ? Optional.of(word) : Optional.empty());
        return new Judged(sent, problems, refused, String.valueOf(word));
    }

    private static String name(Map<String, Object> object) {
        return String.valueOf(at(object, "metadata").get("name"));
    }

    private static Map<?, ?> at(Map<?, ?> object, String field) {
        return object.get(field) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The condition of that type as state and reason, if it is there. */
    private static Optional<String[]> condition(Map<String, Object> object, String type) {
        if (at(object, "status").get("conditions") instanceof List<?> conditions) {
            for (Object each : conditions) {
                if (each instanceof Map<?, ?> c && type.equals(c.get("type"))) {
                    return Optional.of(new String[] {text(c, "message"), text(c, "reason")});
                }
            }
        }
        return Optional.empty();
    }

    private static String text(Map<?, ?> map, String field) {
        return map.get(field) instanceof String text ? text : "";
    }

    private static void agree(String what, List<Judged> judged) {
        List<Judged> missed = judged.stream()
                .filter(j -> j.refused().isPresent() && j.ours().isEmpty())
                .toList();
        List<Judged> strayed = judged.stream()
                .filter(j -> j.refused().isEmpty()
                        && j.ours().stream().anyMatch(p -> LATER.stream().noneMatch(p::contains)))
                .toList();
        long refused = judged.stream().filter(j -> j.refused().isPresent()).count();
        System.out.println(
                "Seldon Core 2's verdict and ours: " + judged.size() + " " + what + ", " + refused + " refused");
        assertThat(missed).as("%s that Seldon refuses and we do not", what).isEmpty();
        assertThat(strayed)
                .as("%s that we refuse alone, for no reason known to break later", what)
                .isEmpty();
        if (!what.equals("servers")) {
            assertThat(refused).as("both verdicts occur").isBetween(1L, judged.size() - 1L);
        }
    }

    private static List<Map<String, Object>> generated(
            int count, String prefix, java.util.function.BiFunction<Core2Generator, String, Map<String, Object>> make) {
        return IntStream.range(0, count)
                .mapToObj(i -> make.apply(new Core2Generator(i, NAMESPACE), prefix + i))
                .toList();
    }

    private static KubeAccess.Kind kind(String kind, String plural) {
        return new KubeAccess.Kind("mlops.seldon.io", "v1alpha1", plural, kind, true);
    }

    @Test
    @Proves({"seldon.core2.scheduler-verdict", "seldon.core2.why-no-server"})
    void generatedModels_schedulerAndWe_agree() {
        List<Map<String, Object>> models = generated(MODELS, "fuzz-m-", this::model);
        List<ServerFits> fits = core2.models()
                .explain(models.stream().map(SeldonModel::fromTree).toList());
        List<Judged> judged = judge(kind("Model", "models"), models, SeldonModel::fromTree, RealCore2SchedulerIT::word);
        agree("models", judged);
        List<String> differences = new ArrayList<>();
        Map<Boolean, Integer> counts = new TreeMap<>();
        for (int i = 0; i < judged.size(); i++) {
            Judged one = judged.get(i);
            if (one.refused().isPresent() || one.reason().equals(SILENT)) {
                continue;
            }
            boolean scheduled = !one.reason().contains("failed to schedule model");
            counts.merge(scheduled, 1, Integer::sum);
            List<String> theirs = ofOurs(entries(one.reason()));
            List<String> words = ofOurs(fits.get(i).schedulersWords());
            if (scheduled != fits.get(i).fits() || !sorted(theirs).equals(sorted(words))) {
                differences.add(one + "\n  we: " + fits.get(i));
            }
        }
        System.out.println("models by whether the scheduler found a server: " + counts);
        assertThat(differences).isEmpty();
        assertThat(counts.keySet()).containsExactly(false, true);
    }

    /** Servers of other suites the scheduler never forgets. */
    private static List<String> ofOurs(List<String> words) {
        return words.stream()
                .filter(w -> w.contains(" for server replica mlserver") || w.contains(" for server replica big"))
                // How much the other models have left of it cannot be known from outside.
                .map(w -> w.replaceFirst("replica memory \\d+", "replica memory"))
                .toList();
    }

    private static List<String> sorted(List<String> list) {
        return list.stream().sorted().toList();
    }

    /** A generated model that is quickly loaded: the scheduler tries those that fail again and again, until it can do nothing else. */
    private Map<String, Object> model(Core2Generator generator, String name) {
        Map<String, Object> model = generator.model(name);
        Map<String, Object> spec = new LinkedHashMap<>();
        at(model, "spec").forEach((field, value) -> spec.put(String.valueOf(field), value));
        spec.keySet().removeAll(List.of("secretName", "artifactVersion"));
        spec.put("storageUri", echo);
        model.put("spec", spec);
        return model;
    }

    private static Optional<String> word(Map<String, Object> object) {
        Map<?, ?> spec = at(object, "spec");
        Object replicas = spec.containsKey("replicas") ? spec.get("replicas") : spec.get("minReplicas");
        return condition(object, "ModelReady")
                .map(c -> {
                    boolean operators = c[0].equals("ModelFailed")
                            && (c[1].startsWith("Number of replicas") || c[1].startsWith("Can't convert"));
                    return operators ? "refused: " + c[1] : c[0] + " " + c[1];
                })
                .or(() -> Integer.valueOf(0).equals(replicas) ? Optional.of(SILENT) : Optional.empty());
    }

    @Test
    @Proves("seldon.core2.scheduler-verdict")
    void generatedPipelines_schedulerAndWe_agree() {
        List<Map<String, Object>> pipelines = generated(PIPELINES, "fuzz-p-", Core2Generator::pipeline);
        agree(
                "pipelines",
                judge(
                        kind("Pipeline", "pipelines"),
                        pipelines,
                        SeldonPipeline::fromTree,
                        o -> condition(o, "PipelineReady")
                                .map(c -> c[1].startsWith(REFUSAL) ? "refused: " + c[1] : c[0] + " " + c[1])));
    }

    @Test
    @Proves("seldon.core2.scheduler-verdict")
    void generatedExperiments_schedulerAndWe_agree() {
        List<Map<String, Object>> experiments = generated(EXPERIMENTS, "fuzz-x-", Core2Generator::experiment);
        agree(
                "experiments",
                judge(
                        kind("Experiment", "experiments"),
                        experiments,
                        SeldonExperiment::fromTree,
                        o -> condition(o, "ModelReady")
                                .filter(c -> c[1].startsWith(REFUSAL))
                                .map(c -> "refused: " + c[1])
                                .or(() -> condition(o, "ExperimentReady").map(c -> c[0] + " " + c[1]))));
    }

    @Test
    @Proves("seldon.core2.scheduler-verdict")
    void generatedServers_operatorAndWe_agree() {
        List<Map<String, Object>> servers = generated(SERVERS, "fuzz-s-", Core2Generator::server);
        KubeAccess.Kind kind = kind("Server", "servers");
        List<Judged> judged = judge(
                kind,
                servers,
                SeldonServer::fromTree,
                o -> condition(o, "StatefulSetReady")
                        .map(c -> c[1].startsWith("StatefulSet replicas") ? c[1] : "refused: " + c[1]));
        agree("servers", judged);
    }
}
