package dev.fairlead.seldon.core2;

/**
 * Names one of the scheduler's filters, or the count of replicas that follows them.
 *
 * @param value its name, as it stands in the scheduler's reasons
 */
public record ServerFilter(String value) {
    /** No replica of the server has told the scheduler of itself. */
    public static final ServerFilter CONNECTED = new ServerFilter("ServerReplicaFilter");
    /** The model asks for another server by name. */
    public static final ServerFilter NAMED = new ServerFilter("SharingServerFilter");
    /** The server is being deleted, or is to have no replicas. */
    public static final ServerFilter DELETED = new ServerFilter("DeletedServerFilter");
    /** The replica lacks a capability. */
    public static final ServerFilter REQUIREMENTS = new ServerFilter("RequirementsReplicaFilter");
    /** The replica lacks memory. */
    public static final ServerFilter MEMORY = new ServerFilter("AvailableMemoryReplicaFilter");
    /** The replica cannot run explainers. */
    public static final ServerFilter EXPLAINER = new ServerFilter("ExplainerFilter");
    /** The replica is about to end. */
    public static final ServerFilter DRAINING = new ServerFilter("ReplicaDrainingFilter");
    /** Fewer replicas fit than the model wants; the scheduler says nothing of it. */
    public static final ServerFilter REPLICAS = new ServerFilter("");

    /** Makes the name of a filter that is not among the constants. */
    public static ServerFilter of(String value) {
        return new ServerFilter(value);
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "number of replicas" : value;
    }
}
