package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.seldon.core2.Core2Object;
import dev.fairlead.seldon.core2.SeldonConfig;
import dev.fairlead.seldon.core2.SeldonExperiment;
import dev.fairlead.seldon.core2.SeldonModel;
import dev.fairlead.seldon.core2.SeldonPipeline;
import dev.fairlead.seldon.core2.SeldonRuntime;
import dev.fairlead.seldon.core2.SeldonServer;
import dev.fairlead.seldon.core2.ServerConfig;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Everything the objects of Seldon Core 2 can say, against the schemas of an API server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Core2SurfaceContract {
    private static final int SAMPLE = "full".equals(System.getProperty("fairlead.campaign")) ? 1_000 : 60;

    private MlPlatform platform;
    private KubeAccess kube;

    abstract MlPlatform connect();

    @BeforeAll
    void start() {
        platform = connect();
        kube = PlatformSpi.of(platform).kube();
    }

    @AfterAll
    void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    @Proves("seldon.core2.values")
    void apply_everythingThereIsToSay_readsBackAsSent() {
        for (Core2Object sent : Core2Surfaces.whole(platform.namespace())) {
            assertThat(sent.problems()).as(sent.kind()).isEmpty();

            kube.apply(kind(sent.kind()), sent.toTree(), KubeAccess.Apply.DEFAULT);
            Map<String, Object> stored = kube.get(kind(sent.kind()), platform.namespace(), sent.name());

            assertThat(own(stored)).as(sent.kind()).isEqualTo(sent.toTree());
            assertThat(read(own(stored))).as(sent.kind()).isEqualTo(sent);
            kube.delete(kind(sent.kind()), platform.namespace(), sent.name());
        }
    }

    @Test
    @Proves("seldon.core2.values")
    void apply_generatedObjects_fitTheSchemaAndReadBackAsSent() {
        int sound = 0;
        Core2Generator generator = new Core2Generator(42, platform.namespace());
        for (int i = 0; i < SAMPLE; i++) {
            for (Map<String, Object> tree : List.of(
                    generator.model("m" + i),
                    generator.server("s" + i),
                    generator.pipeline("p" + i),
                    generator.experiment("e" + i))) {
                Core2Object object = read(tree);
                assertThat(object.toTree()).isEqualTo(tree);
                sound += object.problems().isEmpty() ? 1 : 0;

                Map<String, Object> stored =
                        kube.apply(kind(object.kind()), object.toTree(), KubeAccess.Apply.DEFAULT.asDryRun());

                assertThat(own(stored)).isEqualTo(tree);
            }
        }
        assertThat(sound).isBetween(SAMPLE, 3 * SAMPLE);
    }

    @Test
    @Proves("seldon.core2.gpu")
    void apply_gpuWithoutEqualRequestAndLimit_isStoredAndRefusedByUs() {
        Map<String, Object> sample =
                tree("{'apiVersion':'mlops.seldon.io/v1alpha1','kind':'Server','metadata':{'name':'gpu-sample',"
                        + "'namespace':'" + platform.namespace()
                        + "'},'spec':{'serverConfig':'mlserver','extraCapabilities':['gpu'],"
                        + "'podSpec':{'containers':[{'name':'mlserver','resources':{'requests':{'nvidia.com/gpu':1},"
                        + "'limits':{'nvidia.com/gpu':2}}}]}}}");

        Map<String, Object> stored = kube.apply(kind("Server"), sample, KubeAccess.Apply.DEFAULT.asDryRun());

        assertThat(own(stored)).isEqualTo(sample);
        assertThat(SeldonServer.fromTree(sample).problems())
                .extracting(Object::toString)
                .containsExactly(
                        "spec.podSpec.resources.requests.nvidia.com/gpu must equal the limit 2, as Kubernetes demands of it,"
                                + " was '1'");
        Map<String, Object> set =
                tree("{'apiVersion':'apps/v1','kind':'StatefulSet','metadata':{'name':'gpu-sample','namespace':'"
                        + platform.namespace()
                        + "'},'spec':{'serviceName':'a','selector':{'matchLabels':{'a':'b'}},'template':{'metadata':"
                        + "{'labels':{'a':'b'}},'spec':{'containers':[{'name':'mlserver','image':'i','resources':{'requests':"
                        + "{'nvidia.com/gpu':1},'limits':{'nvidia.com/gpu':2}}}]}}}}");
        assertThatThrownBy(
                        () -> kube.apply(kube.kind("apps/v1", "StatefulSet"), set, KubeAccess.Apply.DEFAULT.asDryRun()))
                .as("what the operator would make of it")
                .hasMessageContaining("must be equal to nvidia.com/gpu limit of 2");
    }

    @Test
    @Proves("seldon.core2.values")
    void apply_fieldTheSchemaLacks_isTheCallersFaultEachTime() {
        Map<String, Object> misspelt =
                tree("{'apiVersion':'mlops.seldon.io/v1alpha1','kind':'Model','metadata':{'name':'misspelt',"
                        + "'namespace':'" + platform.namespace() + "'},'spec':{'storagUri':'gs://models/iris'}}");

        for (int i = 0; i < 20; i++) { // as often as would open a circuit breaker, if the server were to blame
            assertThatThrownBy(() -> kube.apply(kind("Model"), misspelt, KubeAccess.Apply.DEFAULT))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining(".spec.storagUri: field not declared in schema")
                    .hasMessageContaining("look how the field is spelled");
        }
        assertThat(kube.find(kind("Model"), platform.namespace(), "misspelt")).isEmpty();
    }

    private KubeAccess.Kind kind(String kind) {
        return kube.kind("mlops.seldon.io/v1alpha1", kind);
    }

    static Core2Object read(Map<String, Object> tree) {
        return switch (String.valueOf(tree.get("kind"))) {
            case "Model" -> SeldonModel.fromTree(tree);
            case "Server" -> SeldonServer.fromTree(tree);
            case "ServerConfig" -> ServerConfig.fromTree(tree);
            case "Pipeline" -> SeldonPipeline.fromTree(tree);
            case "Experiment" -> SeldonExperiment.fromTree(tree);
            case "SeldonRuntime" -> SeldonRuntime.fromTree(tree);
            default -> SeldonConfig.fromTree(tree);
        };
    }

    /** Takes away what the API server adds of its own. */
    private static Map<String, Object> own(Map<String, Object> stored) {
        SeldonContract.<Map<String, Object>>at(stored, "metadata")
                .keySet()
                .retainAll(new ArrayList<>(List.of("name", "namespace", "labels", "annotations")));
        return stored;
    }

    private static Map<String, Object> tree(String json) {
        return JsonCodec.camelCase().object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "test");
    }
}
