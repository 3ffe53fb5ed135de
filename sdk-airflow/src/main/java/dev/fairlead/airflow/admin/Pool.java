package dev.fairlead.airflow.admin;

/**
 * Holds a pool as the server described it when it was read.
 *
 * @param name the name
 * @param slots how many slots it has; -1 means without limit
 * @param description what it is for; empty where it has none
 * @param includeDeferred whether deferred tasks take slots too
 * @param running how many slots running tasks take
 * @param queued how many slots queued tasks take
 * @param scheduled how many slots scheduled tasks would take
 * @param deferred how many slots deferred tasks would take, or take
 * @param open how many slots are free; -1 means without limit
 */
public record Pool(
        String name,
        int slots,
        String description,
        boolean includeDeferred,
        int running,
        int queued,
        int scheduled,
        int deferred,
        int open) {
    /** Is the name of the pool of all tasks that name none. */
    public static final String DEFAULT = "default_pool";
}
