package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.airflow.DagImportException;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.OperationFailedException;
import dev.fairlead.support.Proves;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a DAG gets to the server, and how it is known that it has. */
abstract class DeliveryContract extends AirflowContract {
    @Override
    List<Dag> dags() {
        return List.of(goodDag(), instant("keyed"), instant("gone"));
    }

    @Test
    @Proves("airflow.deploy-confirmed")
    void deploy_again_changesNothingAndIsConfirmed() {
        DeployedDag first = airflow.dags().deploy(goodDag()).await(PARSED);

        DeployedDag again = place.client().build().dags().deploy(goodDag()).await(PARSED);

        assertThat(again.sha256()).isEqualTo(first.sha256());
        assertThat(again.version()).isEqualTo(first.version());
        assertThat(again.version().isPresent())
                .as("Airflow 3 counts versions")
                .isEqualTo(airflow.server().atLeast(3, 0));
        assertThat(again.paused()).isFalse();
        assertThat(airflow.dags().source(id("good")).orElseThrow())
                .isEqualTo(goodDag().render(airflow.server().dialect()).source());
    }

    @Test
    @Proves("airflow.deploy-confirmed")
    void deploy_change_isConfirmedByTheNewSource() {
        Dag before = instant("changing", b -> b.description("before").addTags("contract"));
        Operation<DeployedDag> old = airflow.dags().deploy(before);
        deliveries.put(before.id(), old);
        old.await(PARSED);

        airflow.dags().deploy(before.with(b -> b.description("after"))).await(PARSED);

        DagInfo info = airflow.dags().get(before.id());
        assertThat(info.description()).hasValue("after");
        assertThat(info.tags()).containsExactly("contract");
        assertThat(info.stale()).isFalse();
        assertThat(info.importErrors()).isFalse();
        assertThatThrownBy(() -> old.await(PARSED))
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining("its file was removed or replaced since");
    }

    @Test
    @Proves("airflow.deploy-confirmed")
    void operation_ofADelivery_isTakenUpByAnotherClient() {
        Operation<DeployedDag> here = deliveries.get(id("keyed"));

        DeployedDag there = place.client().build().dags().operation(here.id()).await(PARSED);

        assertThat(there.dagId()).isEqualTo(id("keyed"));
        assertThat(here.id()).isEqualTo(id("keyed") + "@" + there.sha256());
    }

    @Test
    @Proves("airflow.import-error")
    void deploy_fileThatCannotBeImported_namesTheJavaTask() {
        Dag broken = Dag.builder(id("broken"))
                .empty("first")
                .python("train", t -> t.code("rows = [1, 2\nreturn rows"))
                .addEdge("first", "train")
                .build();
        place.refuse(broken.id(), "train", "SyntaxError: '[' was never closed");
        assertThatThrownBy(() -> airflow.dags().deploy(broken))
                .as("where a Python is at hand, nothing is delivered")
                .isInstanceOfSatisfying(
                        DagImportException.class, e -> assertThat(e.taskId()).hasValue("train"))
                .hasMessageContaining("of this machine cannot read DAG " + broken.id())
                .hasMessageContaining("task 'train', built at DeliveryContract.java:")
                .hasMessageContaining("SyntaxError: '[' was never closed");
        Operation<DeployedDag> delivery = place.client()
                .platform(p -> p.setting("airflow.python", "none"))
                .build()
                .dags()
                .deploy(broken);
        deliveries.put(broken.id(), delivery);

        assertThatThrownBy(() -> delivery.await(PARSED))
                .isInstanceOf(OperationFailedException.class)
                .isInstanceOfSatisfying(DagImportException.class, e -> {
                    assertThat(e.dagId()).isEqualTo(broken.id());
                    assertThat(e.taskId()).hasValue("train");
                    assertThat(e.origin().orElseThrow()).startsWith("DeliveryContract.java:");
                    assertThat(e.line()).isPresent();
                    assertThat(e.logExcerpt()).contains("SyntaxError");
                })
                .hasMessageContaining("task 'train', built at DeliveryContract.java:")
                .hasMessageContaining("SyntaxError: '[' was never closed");
        assertThatThrownBy(() -> airflow.runs().trigger(broken.id()))
                .isInstanceOf(DagImportException.class)
                .hasMessageContaining("cannot import DAG " + broken.id())
                .hasMessageContaining("SyntaxError");

        place.mend(broken.id());
        assertThat(airflow.dags().deploy(instant("broken")).await(PARSED).dagId())
                .isEqualTo(broken.id());
        assertThat(trigger("broken", "mended").await(RUN).state()).isEqualTo(DagRunState.SUCCESS);
    }

    @Test
    @Proves("airflow.undeploy")
    void undeploy_makesItStaleAndKeepsItsRuns_deleteForgetsIt() {
        trigger("gone", "first").await(RUN);

        assertThat(airflow.dags().undeploy(id("gone")).await(PARSED)).isTrue();

        assertThat(airflow.dags().find(id("gone")).map(DagInfo::stale)).hasValue(true);
        assertThatThrownBy(() -> airflow.runs().trigger(id("gone")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("deploy it again");
        assertThat(airflow.runs().get(id("gone"), "first").state()).isEqualTo(DagRunState.SUCCESS);
        airflow.dags().delete(id("gone"));
        assertThat(airflow.dags().find(id("gone"))).isEmpty();
        assertThat(airflow.dags().undeploy(id("gone")).await(PARSED)).isFalse();
    }
}
