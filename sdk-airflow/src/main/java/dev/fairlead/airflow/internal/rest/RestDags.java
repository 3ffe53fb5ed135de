package dev.fairlead.airflow.internal.rest;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.internal.ServerApi;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import java.util.Map;

/** What is asked of DAGs alike in both generations of the REST API. */
public abstract class RestDags extends RestRuns implements ServerApi {
    protected RestDags(HttpCalls calls, String root) {
        super(calls, root);
    }

    @Override
    public PagedIterable<DagInfo> dags() {
        return paged(
                "dags/list",
                () -> get("dags/list", path("/dags"), Wire.Dags.class).query("order_by", "dag_id"),
                Wire.Dags::dags,
                Wire.Dags::totalEntries,
                Values::dag,
                null);
    }

    @Override
    public DagInfo pause(String dagId, boolean paused) {
        return Values.dag(call(
                CallSpec.of(
                                paused ? "dags/pause" : "dags/unpause",
                                "PATCH",
                                dagPath(dagId),
                                Body.json(JSON.write(Map.of("is_paused", paused))),
                                Decoder.json(JSON, Wire.Dag.class))
                        .query("update_mask", "is_paused")
                        .repeatable(),
                null));
    }

    @Override
    public void deleteDag(String dagId) {
        call(CallSpec.of("dags/delete", "DELETE", dagPath(dagId), null, Decoder.nothing()), null);
    }

    @Override
    public boolean parseSoon(String fileToken) {
        try {
            call(
                    CallSpec.of(
                                    "parseDagFile",
                                    "PUT",
                                    path("/parseDagFile/" + CallSpec.encode(fileToken)),
                                    null,
                                    Decoder.nothing())
                            .repeatable(),
                    null);
            return true;
        } catch (ConflictException | NotFoundException | PermissionException | UnsupportedByServerException e) {
            return false; // asked for already, not allowed, or before 2.10: the server parses in its own time
        }
    }
}
