package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.admin.Applied;
import dev.fairlead.airflow.admin.Applied.Outcome;
import dev.fairlead.airflow.admin.BulkException;
import dev.fairlead.airflow.admin.BulkResult;
import dev.fairlead.airflow.admin.Connection;
import dev.fairlead.airflow.admin.ConnectionSpec;
import dev.fairlead.airflow.admin.IfExists;
import dev.fairlead.airflow.admin.IfMissing;
import dev.fairlead.airflow.admin.Pool;
import dev.fairlead.airflow.admin.PoolSpec;
import dev.fairlead.airflow.admin.Secrets;
import dev.fairlead.airflow.admin.Variable;
import dev.fairlead.airflow.admin.VariableSpec;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.support.Proves;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pools, variables and connections, on either generation. */
abstract class AdminContract extends SurfaceContract {
    private static final String SECRET = "pl4nted-s3cret";

    private boolean three() {
        return airflow.server().atLeast(3, 0);
    }

    @Test
    @Proves("airflow.pools")
    void apply_pool_writesOnlyWhatDiffersAndNothingTheSecondTime() {
        String name = unique(three() ? "gpu pool/a" : "gpu pool");
        PoolSpec four = PoolSpec.builder(name).slots(4).description("for GPUs").build();

        Applied<Pool> first = airflow.pools().apply(four);
        assertThat(first.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(first.value()).isEqualTo(airflow.pools().get(name));
        assertThat(first.value().open()).isEqualTo(4);
        place.forgetRequests();
        Applied<Pool> again = airflow.pools().apply(four);
        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(again.wrote()).isFalse();
        assertThat(writes("pools")).isZero();

        Applied<Pool> more = airflow.pools().apply(name, 5);
        assertThat(more.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(more.changed()).containsExactly("slots");
        assertThat(more.value().slots()).isEqualTo(5);
        assertThat(more.value().description()).isEqualTo("for GPUs");
        assertThat(place.requests("PATCH pools"))
                .singleElement()
                .satisfies(r -> assertThat(r.query("update_mask")).hasValue("slots"));
        assertThat(airflow.pools().list().stream()).extracting(Pool::name).contains(name, Pool.DEFAULT);
        assertThat(airflow.pools().delete(name)).isTrue();
        assertThat(airflow.pools().delete(name)).isFalse();
        assertThat(airflow.pools().find(name)).isEmpty();
    }

    @Test
    @Proves("airflow.pools")
    void create_takenPool_isAConflict_ensureLeavesItAsItIs() {
        String name = unique("pool");
        assertThat(airflow.pools().ensure(name, 2).slots()).isEqualTo(2);
        assertThat(airflow.pools().ensure(name, 9).slots()).isEqualTo(2);
        assertThatThrownBy(() -> airflow.pools().create(PoolSpec.of(name, 3))).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> airflow.pools().get(name + "x"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(name + "x");
        assertThatThrownBy(() -> PoolSpec.of("", -2))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must not be blank")
                .hasMessageContaining("must be at least 0, or -1 for no limit");
        assertThat(airflow.pools().apply(Pool.DEFAULT, 77).value().slots()).isEqualTo(77);
        assertThat(airflow.pools().apply(Pool.DEFAULT, 128).changed()).containsExactly("slots");
    }

    @Test
    @Proves("airflow.pools")
    void create_replyLost_isOnePool() {
        String name = unique("lost");
        place.faults().dropNextReply("POST pools", 1);

        assertThat(airflow.pools().create(PoolSpec.of(name, 3)).slots()).isEqualTo(3);
    }

    @Test
    @Proves("airflow.pools")
    void apply_changedByAnotherMeanwhile_saysSo() {
        String name = unique("raced");
        airflow.pools().apply(name, 1);
        AirflowClient patient = client(1);
        // the write is answered, but not made
        place.faults().failNext("PATCH pools", 200, 1, Map.of("Content-Type", "application/json"), "{}");

        assertThatThrownBy(() -> patient.pools().apply(name, 2))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("'" + name + "' was changed by another meanwhile: slots");
    }

    @Test
    @Proves("airflow.pools")
    void write_viewer_isNotAllowed() {
        AirflowClient viewer = place.viewer().build();

        assertThatThrownBy(() -> viewer.pools().create(PoolSpec.of(unique("mine"), 1)))
                .isInstanceOf(PermissionException.class)
                .hasMessageContaining("the user's role in Airflow does not allow it");
    }

    @Test
    @Proves("airflow.variables")
    void apply_variable_comparesJsonByItsMeaning() {
        String key = unique("settings");
        VariableSpec spec = VariableSpec.builder(key)
                .json(Map.of("rows", 5, "names", List.of("a", "b")))
                .build();

        assertThat(airflow.variables().apply(spec).outcome()).isEqualTo(Outcome.CREATED);
        place.forgetRequests();
        Applied<Variable> again = airflow.variables().apply(key, "{ \"names\": [\"a\",\"b\"],\n \"rows\": 5.0 }");
        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(writes("variables")).isZero();
        assertThat(airflow.variables().apply(key, "plain").changed()).containsExactly("value");
        assertThat(airflow.variables().get(key).value()).hasValue("plain");
        assertThat(airflow.variables()
                        .apply(VariableSpec.builder(key)
                                .value("plain")
                                .description("text")
                                .build())
                        .changed())
                .containsExactly("description");
        assertThat(airflow.variables().ensure(key, "other").value()).hasValue("plain");
        assertThatThrownBy(() -> airflow.variables().create(VariableSpec.of(key, "third")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(key)
                .hasMessageNotContaining("third");
        assertThat(airflow.variables().list().stream())
                .extracting(Variable::key)
                .contains(key);
        assertThat(airflow.variables().delete(key)).isTrue();
        assertThat(airflow.variables().find(key)).isEmpty();
    }

    @Test
    @Proves({"airflow.variables", "airflow.admin-secrets"})
    void apply_secretVariable_saysThatItCannotCompare() {
        String key = unique("password");
        airflow.variables().apply(key, SECRET);
        place.forgetRequests();

        Applied<Variable> kept = airflow.variables().apply(VariableSpec.of(key, SECRET), Secrets.KEEP);
        assertThat(kept.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(writes("variables")).isZero();
        Applied<Variable> written = airflow.variables().apply(key, SECRET);
        assertThat(kept.hidden()).isEqualTo(three() ? List.of("value") : List.of());
        assertThat(written.hidden()).isEqualTo(kept.hidden());
        assertThat(written.changed()).isEmpty();
        assertThat(writes("variables")).isEqualTo(three() ? 1 : 0);
        assertThat(written + " " + kept.value() + VariableSpec.of(key, SECRET)).doesNotContain(SECRET);
        assertThat(airflow.variables().get(key).value()).hasValue(three() ? "***" : SECRET);
    }

    private static ConnectionSpec store(String id) {
        return ConnectionSpec.builder(id, "http")
                .host("store.example.com")
                .port(9000)
                .schema("https")
                .putExtra("timeout", 5)
                .build();
    }

    @Test
    @Proves("airflow.connections")
    void apply_connection_writesOnlyWhatDiffersAndNothingTheSecondTime() {
        String id = unique("store");

        Applied<Connection> made = airflow.connections().apply(store(id));
        assertThat(made.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(made.value().host()).hasValue("store.example.com");
        assertThat(made.value().port()).hasValue(9000);
        assertThat(made.value().extra()).isEqualTo(Map.of("timeout", 5));
        place.forgetRequests();
        assertThat(airflow.connections().apply(store(id)).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(writes("connections")).isZero();

        Applied<Connection> moved = airflow.connections()
                .apply(store(id).toBuilder()
                        .host("other.example.com")
                        .putExtra("verify", true)
                        .build());
        assertThat(moved.changed()).containsExactly("host", "extra");
        assertThat(moved.value().extra()).isEqualTo(Map.of("timeout", 5, "verify", true));
        assertThat(airflow.connections().ensure(store(id)).host()).hasValue("other.example.com");
        assertThatThrownBy(() -> airflow.connections().create(store(id))).isInstanceOf(ConflictException.class);
        assertThat(airflow.connections().list().stream())
                .extracting(Connection::id)
                .contains(id);
        assertThat(airflow.connections().delete(id)).isTrue();
        assertThat(airflow.connections().find(id)).isEmpty();
    }

    @Test
    @Proves({"airflow.connections", "airflow.admin-secrets"})
    void apply_connectionWithSecrets_writesOnlyThoseAndShowsNone() {
        String id = unique("secret");
        ConnectionSpec spec = store(id).toBuilder()
                .login("loader")
                .password(SECRET)
                .putExtra("api_token", SECRET + "-2")
                .build();
        airflow.connections().apply(spec);
        place.forgetRequests();

        Applied<Connection> kept = airflow.connections().apply(spec, Secrets.KEEP);
        assertThat(kept.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(kept.hidden()).containsExactlyInAnyOrder("password", "extra");
        assertThat(writes("connections")).isZero();
        Applied<Connection> written = airflow.connections().apply(spec);
        assertThat(written.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(written.changed()).isEmpty();
        assertThat(written.hidden()).containsExactlyInAnyOrder("password", "extra");
        assertThat(writes("connections")).isEqualTo(1);

        assertThat(written + " " + spec + written.value())
                .doesNotContain(SECRET)
                .doesNotContain("loader");
        assertThat(written.value().extra()).containsEntry("api_token", "***");
        assertThat(written.value().passwordSet()).isEqualTo(three());
    }

    @Test
    @Proves("airflow.admin-secrets")
    void anyError_ofWhatHoldsASecret_doesNotRepeatIt() {
        ConnectionSpec broken = ConnectionSpec.builder(unique("broken"), "http")
                .password(SECRET)
                .putExtra("token", SECRET)
                .build();
        place.faults().failNext("POST connections", 500, 1);
        AirflowClient once = client(1);

        assertThatThrownBy(() -> once.connections().create(broken))
                .isInstanceOf(MlPlatformException.class)
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> ConnectionSpec.builder("no/slash", "")
                        .password(SECRET)
                        .port(70_000)
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must be 1 to 200 letters")
                .hasMessageContaining("must be 1 to 65535")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> airflow.connections().test(broken))
                .isInstanceOf(PermissionException.class)
                .hasMessageContaining("test_connection = Enabled")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    @Proves("airflow.bulk")
    void bulk_allDone_tellsWhat() {
        if (!three()) {
            refusesBulk();
            return;
        }
        String there = unique("there");
        String made = unique("made");
        airflow.variables().create(VariableSpec.of(there, "1"));

        BulkResult result = airflow.variables()
                .bulk(b -> b.create(VariableSpec.of(there, "2"), IfExists.OVERWRITE)
                        .create(VariableSpec.of(made, "1"), IfExists.SKIP)
                        .update(VariableSpec.of(unique("nowhere"), "1"), IfMissing.SKIP)
                        .delete(unique("nothing"), IfMissing.SKIP));

        assertThat(result.created()).containsExactly(there, made);
        assertThat(result.updated()).isEmpty();
        assertThat(result.deleted()).isEmpty();
        assertThat(airflow.variables().get(there).value()).hasValue("2");
        assertThat(airflow.connections()
                        .bulk(b -> b.create(store(made), IfExists.SKIP))
                        .created())
                .containsExactly(made);
        assertThat(airflow.connections().bulk(b -> b.delete(made)).deleted()).containsExactly(made);
    }

    private void refusesBulk() {
        place.forgetRequests();
        assertThatThrownBy(() -> airflow.pools().bulk(b -> b.create(PoolSpec.of("p", 1))))
                .isInstanceOf(UnsupportedByServerException.class)
                .hasMessageContaining("this is Airflow 2.11.2, which has no changes in bulk")
                .hasMessageContaining("Airflow 3.0 or newer has it");
        assertThat(place.requests("pools")).isEmpty();
    }

    @Test
    @Proves("airflow.bulk")
    void bulk_partial_isTypedWithWhatWasDone() {
        if (!three()) {
            refusesBulk();
            return;
        }
        String there = unique("taken");
        String fresh = unique("fresh");
        airflow.pools().create(PoolSpec.of(there, 1));

        assertThatThrownBy(() -> airflow.pools()
                        .bulk(b -> b.create(PoolSpec.of(there, 2))
                                .create(PoolSpec.of(fresh, 2), IfExists.SKIP)
                                .update(PoolSpec.of(there, 3))
                                .delete("nowhere")))
                .isInstanceOfSatisfying(BulkException.class, e -> {
                    assertThat(e.result().created()).containsExactly(fresh);
                    assertThat(e.result().updated()).containsExactly(there);
                    assertThat(e.result().problems())
                            .extracting(BulkResult.Problem::kind, BulkResult.Problem::status)
                            .containsExactly(
                                    org.assertj.core.groups.Tuple.tuple("create", 409),
                                    org.assertj.core.groups.Tuple.tuple("delete", 404));
                })
                .hasMessageContaining(there)
                .hasMessageContaining("2 changes were made");
        assertThat(airflow.pools().get(there).slots()).isEqualTo(3);
        assertThatThrownBy(() -> airflow.pools().bulk(b -> {}))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("at least one");
    }

    /** A caller's own record. */
    record PoolCount(int totalEntries) {}

    @Test
    @Proves("airflow.raw")
    void raw_pathBelowTheApi_walksTheSameLine() {
        assertThat(airflow.raw().get("pools", Map.of("limit", 1))).containsKey("total_entries");
        assertThat(airflow.raw().get("pools?limit=1", PoolCount.class).totalEntries())
                .isPositive();
        String name = unique("raw");
        assertThat(airflow.raw().post("pools", Map.of("name", name, "slots", 1)))
                .containsEntry("name", name);
        assertThat(airflow.raw().delete("pools/" + name)).isEmpty();
        assertThatThrownBy(() -> airflow.raw().delete("pools/" + name)).isInstanceOf(NotFoundException.class);
        place.faults().failNext("GET pools", 503, 1);
        assertThat(airflow.raw().text("GET", "pools", null)).contains("total_entries");
        assertThatThrownBy(() -> airflow.raw().get("../pools"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must be the path of an address");
    }
}
