package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.MlPlatform;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the real webhook lets through: what the real operator makes of it, and what we said before. */
@RanOn("seldon core 1.17.1")
class RealBreaksLaterIT {
    private static final String MODEL = "'graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://a/b'}";
    private static final String OWN = "'spec':{'containers':[{'name':'m'}]}";

    /** Each: spec; what comes of it, {@code FAILED words}, {@code MADE kind…} or {@code PRUNED}; a piece of what we say of it. */
    private static final String[][] CASES = {
        {
            "'predictors':[{'name':'p','graph':{'name':'m','implementation':'TRITON_SERVER','modelUri':'gs://a'}}]",
            "FAILED containers[0].image: Required value",
            "must be a server that speaks the protocol seldon; set protocol v2"
        },
        {
            "'predictors':[{'name':'p',$M,'replicas':-1}]",
            "FAILED spec.replicas: Invalid value: -1: must be greater than or equal to 0",
            "replicas must not be negative"
        },
        {
            "'predictors':[{'name':'p',$M,'componentSpecs':[{$O,'replicas':2,'hpaSpec':{'maxReplicas':3}}]}]",
            "MADE Deployment Deployment=1 HorizontalPodAutoscaler Service Service",
            "componentSpecs[0].replicas must not be set with hpaSpec"
        },
        {
            "'predictors':[{'name':'p',$M,'componentSpecs':[{$O,'hpaSpec':{'maxReplicas':3},"
                    + "'kedaSpec':{'triggers':[{'type':'cron','metadata':{'a':'b'}}]}}]}]",
            "MADE Deployment Deployment=1 ScaledObject Service Service",
            "hpaSpec must not stand beside kedaSpec"
        },
        {
            "'predictors':[{'name':'p',$M,'componentSpecs':[{$O,'hpaSpec':{'maxReplicas':3,"
                    + "'metrics':[{'type':'Resource','resource':{'name':'memory','targetAverageUtilization':50}}],"
                    + "'metricsv2':[{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':60}}}]}}]}]",
            "MADE Deployment Deployment=1 HorizontalPodAutoscaler Service Service metric=memory",
            "metricsv2 must not stand beside metrics"
        },
        {
            "'predictors':[{'name':'p',$M,'componentSpecs':[{$O,'hpaSpec':{'maxReplicas':3,'minReplicas':5}}]}]",
            "FAILED spec.maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`",
            "minReplicas must not be above maxReplicas 3"
        },
        {
            "'predictors':[{'name':'p',$M,'componentSpecs':[{$O,'hpaSpec':{'maxReplicas':0}}]}]",
            "FAILED spec.maxReplicas: Required value: must be set and greater than 0",
            "maxReplicas must be at least 1"
        },
        {
            "'predictors':[{'name':'p',$M,'componentSpecs':[{$O,'hpaSpec':{'maxReplicas':3,'metricsv2':[{'type':'Pods','resource':"
                    + "{'name':'cpu','target':{'type':'Utilization','averageUtilization':60}}}]}}]}]",
            "FAILED spec.metrics[0].pods: Required value: must populate information for the given metric source",
            "metricsv2[0].pods must be set, and no other source"
        },
        {
            "'predictors':[{'name':'p',$M,'componentSpecs':[{$O,'pdbSpec':{'minAvailable':1,'maxUnavailable':1}}]}]",
            "FAILED minAvailable and maxUnavailable cannot be both set",
            "pdbSpec.minAvailable must be set, or maxUnavailable, and not both"
        },
        {
            "'predictors':[{'name':'p',$M,'traffic':50,'componentSpecs':[{$O,'pdbSpec':{'minAvailable':1}}]},"
                    + "{'name':'q',$M,'traffic':50,'componentSpecs':[{$O,'pdbSpec':{'minAvailable':1}}]}]",
            "MADE Deployment Deployment Deployment=1 Deployment=1 PodDisruptionBudget PodDisruptionBudget Service Service Service Service",
            "predictors must hold at most one pdbSpec"
        },
        {
            "'predictors':[{'name':'p',$M,'traffic':150},{'name':'q',$M,'traffic':-50}]",
            "MADE Deployment Deployment Deployment=1 Deployment=1 Service Service Service Service weight=-50 weight=150",
            "predictors[1].traffic must be 0 to 100 percent"
        },
        {
            "'predictors':[{'name':'p',$M,'traffic':130}]",
            "MADE Deployment Deployment=1 Service Service weight=130",
            "predictors[0].traffic must be 0 to 100 percent"
        },
        {
            "'predictors':[{'name':'p','graph':{'name':'m','implementation':'SIMPLE_MODEL'}}]",
            "FAILED engine not separate and no pu with localhost service - not clear where to inject engine",
            "must begin with a pod that holds a container of the graph"
        },
        {
            "'predictors':[{'name':'p','graph':{'name':'a','implementation':'SIMPLE_ROUTER','modelUri':'s3://r','children':["
                    + "{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://m'}]}}]",
            "FAILED Failed to find PodSpec for Prepackaged server PreditiveUnit named a",
            "modelUri must not be set where no container holds the model"
        },
        {
            "'predictors':[{'name':'p','graph':{'name':'a','implementation':'MLFLOW_SERVER','modelUri':'pvc://c/a','children':["
                    + "{'name':'b','implementation':'MLFLOW_SERVER','modelUri':'pvc://c/b'}]}}]",
            "FAILED spec.template.spec.volumes[3].name: Duplicate value",
            "must have one model from pvc:// in a pod"
        },
        {
            "'predictors':[{'name':'p','graph':{'name':'a','implementation':'TENSORFLOW_SERVER','modelUri':'gs://c/a','children':["
                    + "{'name':'b','implementation':'TENSORFLOW_SERVER','modelUri':'gs://c/b'}]}}]",
            "MADE Deployment Deployment=1 Service Service Service models=a",
            "must have one node of TENSORFLOW_SERVER in a pod"
        },
        {
            "'protocol':'v2','predictors':[{'name':'p',$M,'explainer':{'type':'Anchor'}}]",
            "FAILED Anchor not supported",
            "explainer.type must be one of"
        },
        {
            "'predictors':[{'name':'p',$M,'explainer':{'modelUri':'s3://e'}}]",
            "MADE Deployment Deployment=1 Service Service",
            "explainer.type must be set; without it the operator silently makes no explainer"
        },
        {
            "'predictors':[{'name':'p',$M,'explainer':{'type':'ALE','containerSpec':{'name':'e','image':'i',"
                    + "'ports':[{'name':'http','containerPort':8080}]}}}]",
            "MADE Deployment Deployment Deployment=1 Deployment=1 Service Service Service explainer=8080->9000",
            "containerSpec.ports[http] must be the endpoint's service_port, 9000"
        },
        {
            "'predictors':[{'name':'p',$M,'traffic':50},{'name':'p-m',$M,'traffic':50}]",
            "FAILED services \"$-p-m\" already exists",
            "must not make two objects of one name"
        },
        {
            "'annotations':{'seldon.io/headless-svc':'no'},'predictors':[{'name':'p',$M}]",
            "MADE Deployment Deployment=1 Service Service headless",
            "the operator takes all but 'false' for true"
        },
        {
            "'annotations':{'seldon.io/executor-logger-queue-size':'many'},'predictors':[{'name':'p',$M}]",
            "FAILED Failed to parse many as integer",
            "settings[seldon.io/executor-logger-queue-size] must be a whole number"
        },
        {
            "'annotations':{'seldon.io/istio-retries':'few'},'predictors':[{'name':'p',$M}]",
            "FAILED strconv.Atoi: parsing \"few\": invalid syntax",
            "settings[seldon.io/istio-retries] must be a whole number"
        },
        {
            "'predictors':[{'name':'p','graph':{'name':'m','type':'MODL'},'componentSpecs':[{'spec':{'containers':[{'name':'m','image':'i'}]}}]}]",
            "MADE Deployment Deployment=1 Service Service",
            "graph.type must be one of"
        },
        {
            "'predictors':[{'name':'p',$M,'engineResources':{'limits':{'cpu':'3'}},'replicas':1}]",
            "MADE Deployment Deployment=1 Service Service engine=500m",
            "engineResources has no effect any more"
        },
        {
            "'predictors':[{'name':'p',$M,'svcOrchSpec':{'replicas':3}}]",
            "MADE Deployment Deployment=1 Service Service",
            "svcOrchSpec.replicas has no effect without the setting seldon.io/engine-separate-pod"
        },
        {
            "'predictors':[{'name':'p',$M,'replicas':0}]",
            "MADE Deployment Deployment=0 Service Service neverAvailable",
            "replicas keeps the operator from ever calling the deployment Available"
        },
        {"'predictors':[{'name':'p','graph':$DEEP}]", "PRUNED", "must be at most 10 levels deep"},
    };

    private MlPlatform platform;
    private KubeAccess kube;
    private String namespace;

    private static String deep() {
        StringBuilder graph = new StringBuilder("{'name':'n11','implementation':'MLFLOW_SERVER','modelUri':'s3://m'}");
        for (int i = 10; i >= 0; i--) {
            graph = new StringBuilder(
                    "{'name':'n" + i + "','implementation':'SIMPLE_ROUTER','children':[" + graph + "]}");
        }
        return graph.toString();
    }

    private Map<String, Object> tree(int index) {
        String spec = CASES[index][0].replace("$M", MODEL).replace("$O", OWN).replace("$DEEP", deep());
        return SurfaceContract.object(
                "later" + index,
                namespace,
                JsonCodec.camelCase()
                        .object(("{" + spec.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8), "spec"));
    }

    @Test
    @Proves({"seldon.breaks-later", "seldon.validation"})
    void whatTheWebhookLetsThrough_breaksOrIsIgnored_andWeSaidSo() throws Exception {
        try (SeldonContract.Place place = RealSeldonContractIT.place("seldon-later")) {
            platform = place.connect();
            kube = PlatformSpi.of(platform).kube();
            namespace = platform.namespace();
            List<String> unsaid = new ArrayList<>();
            for (int i = 0; i < CASES.length; i++) {
                Map<String, Object> tree = tree(i);
                SeldonDeployment read = SeldonDeployment.fromTree(tree);
                String said = read.problems() + " " + read.warnings();
                if (!said.contains(CASES[i][2])) {
                    unsaid.add(CASES[i][0] + "\n  said: " + said);
                }
                if (CASES[i][1].equals(
                        "PRUNED")) { // apply is refused, for the schema has no such field; create drops it
                    kube.create(SeldonContract.KIND, tree);
                } else {
                    kube.apply(SeldonContract.KIND, tree, KubeAccess.Apply.DEFAULT); // the webhook takes it
                }
            }
            assertThat(unsaid).isEmpty();

            Instant end = Instant.now().plus(Duration.ofSeconds(60));
            Map<Integer, String> open = open();
            while (!open.isEmpty() && Instant.now().isBefore(end)) {
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                open = open();
            }
            assertThat(open).isEmpty();
        } finally {
            for (int i = 0; i < CASES.length; i++) {
                kube.delete(SeldonContract.KIND, namespace, "later" + i);
            }
            platform.close();
        }
    }

    /** Returns what has not come as expected yet, with what there is instead. */
    private Map<Integer, String> open() {
        Map<String, List<Map<String, Object>>> made = new TreeMap<>();
        for (String[] kind : new String[][] {
            {"apps/v1", "Deployment"},
            {"v1", "Service"},
            {"autoscaling/v2", "HorizontalPodAutoscaler"},
            {"policy/v1", "PodDisruptionBudget"},
            {"keda.sh/v1alpha1", "ScaledObject"},
            {"networking.istio.io/v1alpha3", "VirtualService"}
        }) {
            kube.list(kube.kind(kind[0], kind[1]), namespace, null).forEach(o -> {
                o.put("kind", kind[1]);
                made.computeIfAbsent(owner(o), n -> new ArrayList<>()).add(o);
            });
        }
        Map<Integer, String> open = new LinkedHashMap<>();
        for (int i = 0; i < CASES.length; i++) {
            Map<String, Object> object = kube.get(SeldonContract.KIND, namespace, "later" + i);
            String expected = CASES[i][1].replace("$", "later" + i);
            String outcome = outcome(object, made.getOrDefault("later" + i, List.of()), expected);
            boolean failed = expected.startsWith("FAILED ") && outcome.startsWith("FAILED ");
            if (!outcome.equals(expected) && !(failed && outcome.contains(expected.substring(7)))) {
                open.put(i, expected + "\n  but " + outcome);
            }
        }
        return open;
    }

    private static String owner(Map<String, Object> object) {
        Map<String, Object> metadata = SeldonContract.at(object, "metadata");
        return metadata.get("ownerReferences") instanceof List<?> owners && !owners.isEmpty()
                ? String.valueOf(((Map<?, ?>) owners.get(0)).get("name"))
                : "";
    }

    private static String outcome(Map<String, Object> object, List<Map<String, Object>> made, String expected) {
        if (expected.equals("PRUNED")) {
            return String.valueOf(object.get("spec")).contains("n11") ? "kept" : "PRUNED";
        }
        Map<?, ?> status = object.get("status") instanceof Map<?, ?> map ? map : Map.of();
        if ("Failed".equals(status.get("state"))) {
            return "FAILED " + status.get("description");
        }
        List<String> words = new ArrayList<>();
        for (Map<String, Object> each : made) {
            String kind = String.valueOf(each.get("kind"));
            if (!kind.equals("VirtualService")) {
                words.add(kind);
            }
            words.addAll(details(kind, each, expected));
        }
        if (expected.contains("neverAvailable") && !"Available".equals(status.get("state"))) {
            words.add("neverAvailable");
        }
        List<String> order = List.of(expected.substring(5).split(" "));
        words.sort((a, b) -> Integer.compare(place(order, a), place(order, b)));
        return "MADE " + words.stream().collect(Collectors.joining(" "));
    }

    private static int place(List<String> order, String word) {
        int at = order.indexOf(word);
        return at < 0 ? order.size() : at;
    }

    private static List<String> details(String kind, Map<String, Object> object, String expected) {
        List<String> words = new ArrayList<>();
        Map<String, Object> spec = SeldonContract.at(object, "spec");
        String name = SeldonContract.at(object, "metadata", "name");
        if (kind.equals("Deployment")) {
            words.add("Deployment=" + spec.getOrDefault("replicas", 1));
            for (Map<String, Object> container :
                    SeldonContract.<List<Map<String, Object>>>at(object, "spec", "template", "spec", "containers")) {
                if (expected.contains("engine=") && "seldon-container-engine".equals(container.get("name"))) {
                    words.add("engine=" + SeldonContract.at(container, "resources", "limits", "cpu"));
                }
                if (expected.contains("models=") && "tfserving".equals(container.get("name"))) {
                    words.add("models="
                            + String.valueOf(container.get("args")).replaceAll(".*--model_name=(\\w+).*", "$1"));
                }
                if (expected.contains("explainer=") && name.endsWith("-explainer")) {
                    words.add("explainer=" + SeldonContract.at(container, "ports", "0", "containerPort") + "->9000");
                }
            }
        } else if (kind.equals("HorizontalPodAutoscaler") && expected.contains("metric=")) {
            words.add("metric=" + SeldonContract.at(object, "spec", "metrics", "0", "resource", "name"));
        } else if (kind.equals("VirtualService") && expected.contains("weight=")) {
            SeldonContract.<List<Map<String, Object>>>at(object, "spec", "http", "0", "route")
                    .forEach(r -> words.add("weight=" + r.get("weight")));
        } else if (kind.equals("Service") && expected.contains("headless") && "None".equals(spec.get("clusterIP"))) {
            words.add("headless");
        }
        return words;
    }
}
