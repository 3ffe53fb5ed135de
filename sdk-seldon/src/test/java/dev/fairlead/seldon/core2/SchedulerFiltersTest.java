package dev.fairlead.seldon.core2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.seldon.core2.ServerFit.Miss;
import dev.fairlead.seldon.core2.ServerView.Replica;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulerFiltersTest {
    private static final SeldonModel MODEL = SeldonModel.builder("m")
            .storageUri("s3://a/b")
            .addRequirement("sklearn")
            .build();

    private static ServerView server(
            String name, int expected, int connected, boolean draining, String... capabilities) {
        Replica replica = new Replica(0, List.of(capabilities), OptionalLong.of(1000), draining);
        return new ServerView(
                name,
                expected,
                IntStream.range(0, connected).mapToObj(replica::at).toList(),
                replica);
    }

    private static ServerFit fit(SeldonModel model, ServerView server) {
        return SchedulerFilters.replay(model, List.of(server)).servers().get(0);
    }

    @Test
    void replay_serverThatCan_fits() {
        assertThat(fit(MODEL, server("a", 1, 1, false, "sklearn")).fits()).isTrue();
        assertThat(SchedulerFilters.replay(MODEL, List.of(server("a", 1, 1, false, "sklearn"))))
                .hasToString("servers for model 'm': server 'a' fits");
        assertThat(SchedulerFilters.replay(MODEL, List.of()))
                .hasToString("no server for model 'm': there is none in the namespace");
    }

    @Test
    void replay_serverOfNoReplicas_isDeleted() {
        assertThat(fit(MODEL, server("a", 0, 1, false, "sklearn")).misses())
                .extracting(Miss::filter, Miss::schedulersWords)
                .containsExactly(org.assertj.core.api.Assertions.tuple(
                        ServerFilter.DELETED,
                        "failed server filter DeletedServerFilter for server replica a : expected replicas 0 != 0"));
    }

    @Test
    void replay_drainingReplica_isPassedOver() {
        assertThat(fit(MODEL, server("a", 2, 1, true, "sklearn")).misses())
                .extracting(Miss::schedulersWords)
                .containsExactly(
                        "failed replica filter ReplicaDrainingFilter for server replica a:0 : Replica server 0 is draining check true");
    }

    @Test
    void replay_memoryAlone_isCountedInBytes() {
        SeldonModel large = MODEL.with(m -> m.memory("2k"));
        assertThat(fit(large, server("a", 1, 1, false, "sklearn")))
                .hasToString(
                        "server 'a' does not: the model wants 2000 bytes of memory and models have 1000 on it; ask for less, or give its"
                                + " mlserver or triton container a larger memory request");
    }

    @Test
    void waiting_onlyWhereTheServerWillDo_isTrue() {
        ServerView coming = server("a", 1, 0, false, "sklearn");
        ServerView other = server("b", 1, 0, false, "torch");
        assertThat(SchedulerFilters.replay(MODEL, List.of(other, coming)).waiting())
                .isTrue();
        ServerFits hopeless = SchedulerFilters.replay(MODEL, List.of(other));
        assertThat(hopeless.waiting()).isFalse();
        assertThat(hopeless.servers().get(0).filter()).contains(ServerFilter.REQUIREMENTS);
        assertThat(hopeless.schedulersWords())
                .containsExactly(
                        "failed server filter ServerReplicaFilter for server replica b : 0 server replicas (waiting for"
                                + " server replicas to connect)");
        assertThat(SchedulerFilters.replay(MODEL.with(m -> m.server("c")), List.of(coming))
                        .waiting())
                .isFalse();
    }

    @Test
    void said_severalFilters_areTakenApart() {
        assertThat(ServerSearch.said(
                        "failed to schedule model m. [failed server filter SharingServerFilter for server replica a : "
                                + "requested server x == a failed replica filter RequirementsReplicaFilter for server replica b:1 : model"
                                + " requirements [x y] replica capabilities [z]]"))
                .containsOnlyKeys("a", "b")
                .extractingByKey("b")
                .isEqualTo(List.of(new Miss(
                        ServerFilter.REQUIREMENTS,
                        1,
                        "the scheduler's RequirementsReplicaFilter says: model requirements [x y] replica capabilities [z]",
                        "",
                        "failed replica filter RequirementsReplicaFilter for server replica b:1 : model requirements [x y] replica"
                                + " capabilities [z]")));
    }
}
