package dev.fairlead.contract.seldon;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.seldon.ComponentSpec;
import dev.fairlead.seldon.Explainer;
import dev.fairlead.seldon.ExplainerType;
import dev.fairlead.seldon.GraphNode;
import dev.fairlead.seldon.KedaTrigger;
import dev.fairlead.seldon.NodeEndpoint;
import dev.fairlead.seldon.NodeType;
import dev.fairlead.seldon.PdbSpec;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.ScalingMetric;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonSetting;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes sound deployments of every shape the operator makes something of; the same for the same seed. */
final class SoundGenerator {
    private final Random random;
    private boolean budgeted;

    private SoundGenerator(long seed) {
        random = new Random(seed);
    }

    /** Makes one; what the rules refuse is thrown away and made anew. */
    static SeldonDeployment deployment(long seed, String name, String namespace) {
        for (int attempt = 0; ; attempt++) {
            try {
                return new SoundGenerator(seed * 1000 + attempt).make(name, namespace);
            } catch (InvalidValueException refused) {
                if (attempt == 500) {
                    throw refused;
                }
            }
        }
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String word(int most) {
        StringBuilder word = new StringBuilder("n");
        int length = random.nextInt(most);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private SeldonDeployment make(String name, String namespace) {
        boolean v2 = chance(50);
        boolean separate = chance(15);
        SeldonDeployment.Builder builder = SeldonDeployment.builder(name + (chance(20) ? "-" + word(45) : ""))
                .namespace(namespace)
                .protocol(v2 ? ServingProtocol.V2 : ServingProtocol.SELDON);
        if (separate) {
            builder.set(SeldonSetting.ENGINE_SEPARATE_POD, true);
        }
        if (chance(30)) {
            builder.replicas(random.nextInt(2));
        }
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            PredictorSpec.Builder predictor = PredictorSpec.builder().name("p" + i + (chance(20) ? word(20) : ""));
            predictor(predictor, v2, i);
            boolean shadow = i > 0 && i == count - 1 && chance(30);
            predictor.shadow(shadow);
            if (count > 1) {
                predictor.traffic(i == 0 ? 100 - 10 * (count - 1) : 10);
            }
            builder.addPredictor(predictor);
        }
        return builder.build();
    }

    private void predictor(PredictorSpec.Builder predictor, boolean v2, int index) {
        List<String> nodes = new ArrayList<>();
        GraphNode.Builder graph = node(0, nodes, v2);
        predictor.graph(graph);
        components(predictor, nodes);
        if (chance(25)) {
            predictor.replicas(random.nextInt(3));
        }
        if (nodes.isEmpty() && chance(15)) {
            predictor.withoutOrchestrator();
        }
        if (chance(10)) {
            predictor.serviceName("svc-" + index + "-" + word(20));
        }
        if (chance(25)) {
            Explainer.Builder explainer =
                    Explainer.builder(chance(50) ? ExplainerType.ANCHOR_TABULAR : ExplainerType.KERNEL_SHAP);
            if (chance(50)) {
                explainer.endpoint(NodeEndpoint.builder().servicePort(9100).build());
            }
            if (chance(30)) {
                explainer.replicas(random.nextInt(2));
            }
            predictor.explainer(explainer);
        }
        if (chance(10)) {
            predictor.certSecretName("tls");
        }
    }

    /** Makes a node; names of nodes that need a container of their own are added to the list. */
    private GraphNode.Builder node(int depth, List<String> containers, boolean v2) {
        String name = word(chance(15) ? 30 : 6) + depth + random.nextInt(1000);
        GraphNode.Builder node = GraphNode.builder().name(name);
        int kind = random.nextInt(4);
        if (kind < 2) {
            ServerImplementation[] servers = v2
                    ? new ServerImplementation[] {
                        ServerImplementation.SKLEARN, ServerImplementation.MLFLOW, ServerImplementation.TRITON
                    }
                    : new ServerImplementation[] {ServerImplementation.SKLEARN, ServerImplementation.TENSORFLOW};
            node.implementation(servers[random.nextInt(servers.length)]).modelUri(URI.create("s3://models/" + name));
            if (chance(30)) {
                containers.add(name + "=");
            }
        } else if (kind == 2) {
            node.type(NodeType.TRANSFORMER);
            containers.add(name);
        } else {
            node.implementation(ServerImplementation.SIMPLE_ROUTER);
        }
        while (depth < 2 && chance(kind == 3 ? 60 : 25)) {
            node.addChild(node(depth + 1, containers, v2));
        }
        return node;
    }

    private void components(PredictorSpec.Builder predictor, List<String> nodes) {
        int pods = nodes.isEmpty() ? 0 : 1 + random.nextInt(2);
        for (int pod = 0; pod < pods; pod++) {
            int mine = pod;
            List<String> here = new ArrayList<>();
            for (int i = 0; i < nodes.size(); i++) {
                if (i % pods == mine) {
                    here.add(nodes.get(i));
                }
            }
            if (!here.isEmpty()) {
                predictor.addComponentSpec(component -> component(component, here));
            }
        }
    }

    private void component(ComponentSpec.Builder component, List<String> nodes) {
        boolean named = chance(15);
        String own = word(10);
        component.pod(nodes.get(0).replace("=", ""), pod -> {
            for (String node : nodes) {
                String name = node.replace("=", "");
                pod.container(name, c -> {
                    if (!node.endsWith("=")) {
                        c.image("registry/" + name + ":1");
                    }
                    if (chance(15)) {
                        c.addPort("http", 7000 + random.nextInt(100));
                    }
                    if (chance(10)) {
                        c.addPort("grpc", 7500 + random.nextInt(100));
                    }
                });
            }
            if (chance(20)) {
                pod.container("side", c -> c.image("registry/side:1"));
            }
        });
        if (named) {
            component.putAdditionalField("metadata", java.util.Map.of("name", own));
        }
        int scaling = random.nextInt(10);
        if (scaling < 2) {
            component.hpa(h -> h.minReplicas(1).maxReplicas(2).addMetric(ScalingMetric.cpu(60)));
        } else if (scaling == 2) {
            component.keda(k -> k.addTrigger(KedaTrigger.prometheus("http://p:9090", "up", "1")));
        } else if (scaling == 3) {
            component.replicas(random.nextInt(2));
        }
        if (!budgeted && chance(15)) {
            budgeted = true;
            component.pdb(PdbSpec.maxUnavailable(1));
        }
    }
}
