package dev.fairlead.seldon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Proves;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

@Proves("seldon.plan")
class DeploymentPlanTest {
    private static SeldonDeployment.Builder flights() {
        return SeldonDeployment.builder("flights")
                .namespace("ml")
                .protocol(ServingProtocol.V2)
                .addPredictor(p -> p.name("main")
                        .server(ServerImplementation.MLFLOW)
                        .modelUri("s3://models/1")
                        .replicas(2)
                        .traffic(100));
    }

    @Test
    void explainPlan_oneModel_printsObjectsNamesPortsAndAddresses() {
        assertThat(flights().build().explainPlan()).hasToString("""
                        SeldonDeployment ml/flights
                          Deployment flights-main-0-model: pod of model, 2 pods
                          Service flights-main-model: container 'model', ports {grpc=9500, http=9000}
                          Service flights-main: predictor 'main', ports {grpc=5001, http=8000}
                          rest of main at http://flights-main.ml.svc.cluster.local:8000/v2/models/model/infer
                          grpc of main at grpc://flights-main.ml.svc.cluster.local:5001""");
    }

    @Test
    void explainPlan_withIstioAndExplainer_saysTheGatewaysWays() {
        SeldonDeployment deployment = flights()
                .predictors(List.of(flights()
                        .build()
                        .predictors()
                        .get(0)
                        .with(p -> p.explainer(Explainer.builder(ExplainerType.ALE)
                                .endpoint(
                                        NodeEndpoint.builder().servicePort(9100).build())))))
                .build();

        DeploymentPlan plan =
                deployment.explainPlan(OperatorSettings.builder().istio(true).build());

        assertThat(plan.objects("VirtualService"))
                .extracting(PlannedObject::name)
                .containsExactly("flights-main-explainer-http", "flights");
        assertThat(plan.routes())
                .extracting(DeploymentPlan.Route::address)
                .contains(
                        URI.create("http://flights-main-explainer.ml.svc.cluster.local:9100"),
                        URI.create("/seldon/ml/flights/"),
                        URI.create("/seldon/ml/flights-explainer/main/"));
    }

    @Test
    @Proves("seldon.plan-ambassador")
    void explainPlan_withAmbassadorsMappings_namesThemAndWarns() {
        SeldonDeployment deployment = flights()
                .set(SeldonSetting.AMBASSADOR_SERVICE_NAME, "delays")
                .set(SeldonSetting.AMBASSADOR_CONFIG, "---")
                .predictors(List.of(flights()
                        .build()
                        .predictors()
                        .get(0)
                        .with(p -> p.certSecretName("tls").explainer(Explainer.builder(ExplainerType.ALE)))))
                .build();

        DeploymentPlan plan = deployment.explainPlan(OperatorSettings.builder()
                .ambassador(OperatorSettings.Ambassador.MAPPINGS)
                .build());

        assertThat(plan.objects("Mapping"))
                .extracting(PlannedObject::toString)
                .containsExactly(
                        "Mapping seldon-ml-flights-main-rest: route to the predictor for rest",
                        "Mapping seldon-ml-flights-main-grpc: route to the predictor for grpc",
                        "Mapping seldon-ml-flights-main-explainer-rest: route to the explainer for rest",
                        "Mapping seldon-ml-flights-main-explainer-grpc: route to the explainer for grpc");
        assertThat(plan.routes())
                .extracting(DeploymentPlan.Route::address)
                .contains(URI.create("/seldon/ml/delays/"), URI.create("/seldon/ml/delays-explainer/main/"));
        assertThat(plan.warnings())
                .extracting(Object::toString)
                .contains(
                        "settings[seldon.io/ambassador-config] is read for Ambassador 1 only; this operator writes Mappings,"
                                + " was set",
                        "predictors[0].ssl.certSecretName makes the Mapping name a TLSContext that the operator never makes;"
                                + " make it yourself, was 'tls'");
    }

    @Test
    @Proves("seldon.plan-ambassador")
    void explainPlan_withAmbassadorsAnnotations_hasItsWaysAndNoObjects() {
        OperatorSettings operator = OperatorSettings.builder()
                .ambassador(OperatorSettings.Ambassador.ANNOTATIONS)
                .istio(true)
                .build();

        DeploymentPlan plan = flights().build().explainPlan(operator);

        assertThat(plan.objects("Mapping")).isEmpty();
        assertThat(plan.routes())
                .filteredOn(r -> r.kind().equals("gateway"))
                .containsExactly(new DeploymentPlan.Route("", "gateway", URI.create("/seldon/ml/flights/")));
        assertThat(flights()
                        .set(SeldonSetting.AMBASSADOR_CONFIG, "---")
                        .build()
                        .explainPlan(operator.toBuilder().istio(false).build())
                        .routes())
                .noneMatch(r -> r.kind().equals("gateway"));
    }

    @Test
    void explainPlan_noPods_hasNoRoutesAndSaysWhy() {
        SeldonDeployment busy = flights().build();
        SeldonDeployment idle =
                busy.with(b -> b.predictors(List.of(busy.predictors().get(0).with(p -> p.replicas(0)))));

        DeploymentPlan plan =
                idle.explainPlan(OperatorSettings.builder().istio(true).build());

        assertThat(plan.objects("VirtualService")).isEmpty();
        assertThat(plan.warnings())
                .extracting(Object::toString)
                .containsExactly(
                        "predictors[0].replicas keeps the operator from ever calling the deployment Available and from writing"
                                + " routes; leave the predictor out, was '0 pods for pod of model'");
    }

    @Test
    void explainPlan_namesTooLong_areDigests() {
        String name = "a-deployment-with-a-name-that-is-long-enough-for-trouble-ahead";
        SeldonDeployment deployment = flights().name(name).build();

        assertThat(deployment.explainPlan().objects())
                .extracting(PlannedObject::name)
                .allMatch(n -> n.matches("seldon-[0-9a-f]{32}"))
                .doesNotHaveDuplicates();
        assertThat(deployment
                        .explainPlan(OperatorSettings.builder()
                                .deploymentNameAsPrefix(true)
                                .build())
                        .objects("Deployment"))
                .extracting(PlannedObject::name)
                .allMatch(n -> n.startsWith("seldon-")); // name and digest together would be too long as well
    }
}
