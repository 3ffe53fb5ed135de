package dev.fairlead.seldon.core2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.seldon.core2.Core2Rollout.Target;
import dev.fairlead.seldon.internal.crd.Core2Codec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.Poller.Seen;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Core2RolloutTest {
    private static final String READY =
            "'conditions':[{'type':'ModelReady','status':'True','message':'ModelAvailable'},"
                    + "{'type':'Ready','status':'True'}]";

    private Instant now = Instant.parse("2026-01-01T10:01:00Z");
    private Map<String, Object> object = Map.of();

    private final Clock clock = new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    /** A cluster that holds one object. */
    private final KubeAccess kube = (KubeAccess) Proxy.newProxyInstance(
            KubeAccess.class.getClassLoader(), new Class<?>[] {KubeAccess.class}, (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("find");
                return object.isEmpty() ? Optional.empty() : Optional.of(object);
            });

    private void model(int generation, String revision, String specTime, String statusTime, String status) {
        object = JsonCodec.camelCase()
                .object(
                        """
                        {'kind':'Model','metadata':{'name':'m','namespace':'ns','generation':%d,'resourceVersion':'%s','managedFields':[
                          {'manager':'fairlead','time':'2026-01-01T10:00:%sZ','fieldsV1':{'f:spec':{}}},
                          {'manager':'operator','time':'2026-01-01T11:00:00Z','fieldsV1':{'f:metadata':{}}},
                          {'manager':'operator','subresource':'status','time':'2026-01-01T10:00:%sZ','fieldsV1':{'f:status':{}}}]},
                         'spec':{'storageUri':'s3://a/b'},'status':{%s}}
                        """.formatted(generation, revision, specTime, statusTime, status)
                                .replace('\'', '"')
                                .getBytes(StandardCharsets.UTF_8),
                        "test");
    }

    private Core2Rollout rollout(String mark) {
        return new Core2Rollout(kube, clock, new Target(Core2Codec.MODEL, "ns", "m", mark));
    }

    private Seen<Core2Status> look(Core2Rollout rollout) {
        return rollout.look(Deadline.after(clock, Duration.ofSeconds(5)));
    }

    @Test
    void look_readyFromBeforeTheChange_isNeverDone() {
        Core2Rollout rollout = rollout("7");
        model(2, "7", "30", "10", READY);
        assertThat(look(rollout))
                .isEqualTo(new Seen.Pending<Core2Status>(
                        "ModelAvailable", "this is what Seldon said of an older generation than 2"));
        now = now.plusSeconds(600);
        assertThat(look(rollout)).isInstanceOf(Seen.Pending.class);
        model(2, "8", "30", "30", READY);
        assertThat(look(rollout)).isInstanceOf(Seen.Done.class);
    }

    @Test
    void look_readyOfTheSameSecond_isDoneOnceSomethingWasWritten() {
        model(2, "7", "30", "30", READY);
        assertThat(look(rollout("7"))).isInstanceOf(Seen.Pending.class);
        model(2, "8", "30", "30", READY);
        assertThat(look(rollout("7"))).isInstanceOf(Seen.Done.class);
    }

    @Test
    void look_followedWithoutAMark_takesSilenceForConsentAfterTenSeconds() {
        Core2Rollout rollout = rollout(Core2Mark.UNKNOWN);
        model(2, "7", "30", "10", READY);
        assertThat(look(rollout)).isInstanceOf(Seen.Pending.class);
        now = now.plusSeconds(10);
        assertThat(look(rollout)).isInstanceOf(Seen.Done.class);
    }

    @Test
    void look_failureFromBeforeTheChange_failsOnlyWhenItLasts() {
        Core2Rollout rollout = rollout("7");
        model(
                2,
                "7",
                "30",
                "10",
                "'conditions':[{'type':'ModelReady','status':'False','message':'ModelFailed','reason':'no'}]");
        assertThat(look(rollout)).isEqualTo(new Seen.Pending<Core2Status>("ModelFailed", "no"));
        now = now.plusSeconds(9);
        assertThat(look(rollout)).isInstanceOf(Seen.Pending.class);
        now = now.plusSeconds(1);
        assertThat(look(rollout))
                .isInstanceOfSatisfying(
                        Seen.Failed.class,
                        failed -> assertThat(failed.failure())
                                .hasMessage(
                                        "seldon model ns/m failed: no; see the log of the server's pods: the model may be of another kind than"
                                                + " it says"));
    }

    @Test
    void look_schedulerGone_goesOn() {
        Core2Rollout rollout = rollout(Core2Mark.ANY);
        model(
                1,
                "7",
                "30",
                "30",
                "'conditions':[{'type':'ModelReady','status':'False','message':'ModelProgressing',"
                        + "'reason':'rpc error: code = Unavailable desc = gone'}]");
        assertThat(look(rollout))
                .isEqualTo(
                        new Seen.Pending<Core2Status>("ModelProgressing", "rpc error: code = Unavailable desc = gone"));
    }

    @Test
    void look_deleted_fails() {
        assertThat(look(rollout("7")))
                .isInstanceOfSatisfying(
                        Seen.Failed.class,
                        failed -> assertThat(failed.failure()).hasMessage("seldon model ns/m failed: it was deleted"));
    }

    @Test
    void mark_changeTheSchedulerDoesNotSee_waitsForNoWord() {
        model(1, "5", "10", "20", READY);
        Map<String, Object> before = object;
        model(2, "6", "30", "20", READY);
        assertThat(Core2Mark.of(Optional.of(before), object, now)).isEqualTo(Core2Mark.ANY);
        Map<String, Object> other = SeldonModel.fromTree(object).toBuilder()
                .storageUri("s3://a/c")
                .build()
                .toTree();
        other.put("metadata", object.get("metadata"));
        assertThat(Core2Mark.of(Optional.of(before), other, now)).isEqualTo("6");
        assertThat(Core2Mark.of(Optional.empty(), object, now)).isEqualTo(Core2Mark.ANY);
        assertThat(Core2Mark.of(Optional.of(object), object, now)).isEqualTo(Core2Mark.UNKNOWN);
    }
}
