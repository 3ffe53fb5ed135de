package dev.fairlead.airflow;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds assets (datasets of Airflow 2), says that they were updated, and lets them be made. An asset exists once a DAG that names it was parsed.
 * Immutable and thread-safe.
 */
public interface Assets {
    /** Lists the assets that a DAG names. */
    PagedIterable<AssetInfo> list();

    /**
     * Reads the asset of a URI.
     *
     * @throws dev.fairlead.error.NotFoundException if no DAG names one
     */
    AssetInfo get(String uri);

    /**
     * Reads the asset of the server's number, which events name it by. Needs Airflow 3.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    AssetInfo get(int id);

    /** Finds the asset of a URI. */
    Optional<AssetInfo> find(String uri);

    /** Finds the asset of a name; that of a dataset is its URI. */
    Optional<AssetInfo> findByName(String name);

    /** Lists the aliases by name. Needs Airflow 3. */
    PagedIterable<AssetAliasInfo> aliases();

    /**
     * Reads the alias of the server's number. Needs Airflow 3.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    AssetAliasInfo alias(int id);

    /** Lists the updates of an asset, the latest first. Airflow 3.3 answers with 500 while a run that one of them started has not begun. */
    PagedIterable<AssetEvent> events(AssetInfo asset);

    /** Lists the updates that a run did, the latest first. */
    PagedIterable<AssetEvent> eventsOf(String dagId, String runId);

    /** Lists the updates that started a run. */
    List<AssetEvent> upstreamEvents(String dagId, String runId);

    /** Says that an asset was updated; see {@link #post(AssetInfo, Consumer)}. */
    default AssetEvent post(AssetInfo asset) {
        return post(asset, event -> {});
    }

    /**
     * Says that an asset was updated, so that the DAGs scheduled by it run. Each call is one update; it is not sent again when it is not known
     * whether the server took it.
     */
    AssetEvent post(AssetInfo asset, Consumer<AssetEventSpec.Builder> event);

    /** Starts the DAG that makes an asset; see {@link #materialize(AssetInfo, Consumer)}. */
    default Operation<DagRun> materialize(AssetInfo asset) {
        return materialize(asset, request -> {});
    }

    /**
     * Starts a run of the one DAG that makes an asset, or takes up the one that has this run id already. The operation ends as that of
     * {@link Runs#trigger(String, Consumer)} does. Needs Airflow 3.
     *
     * @throws dev.fairlead.error.NotFoundException if no DAG makes it
     * @throws dev.fairlead.error.ConflictException if more than one DAG does
     */
    Operation<DagRun> materialize(AssetInfo asset, Consumer<TriggerRequest.Builder> request);

    /** Lists the updates of an asset that wait for others. */
    List<QueuedAssetEvent> queued(AssetInfo asset);

    /** Lists the updates that wait for others before a DAG runs. */
    List<QueuedAssetEvent> queuedFor(String dagId);

    /** Lists the updates of one asset that wait for others before a DAG runs. */
    List<QueuedAssetEvent> queuedFor(String dagId, AssetInfo asset);

    /** Forgets the updates of an asset that wait for others. Returns whether there were any. */
    boolean forgetQueued(AssetInfo asset);

    /** Forgets the updates that wait for others before a DAG runs. Returns whether there were any. */
    boolean forgetQueuedFor(String dagId);

    /** Forgets the updates of one asset that wait for others before a DAG runs. Returns whether there were any. */
    boolean forgetQueuedFor(String dagId, AssetInfo asset);
}
