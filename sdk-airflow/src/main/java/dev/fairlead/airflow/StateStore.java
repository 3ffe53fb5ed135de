package dev.fairlead.airflow;

import dev.fairlead.PagedIterable;
import java.time.Instant;
import java.util.Optional;

/** Keeps values by key at an asset, or at a task of a run. Needs Airflow 3.3. Immutable and thread-safe. */
public interface StateStore {
    /** Lists what is kept, by key. */
    PagedIterable<StoredState> list();

    /** Finds what is kept under a key. */
    Optional<StoredState> find(String key);

    /**
     * Keeps a value under a key, in place of what was there; at a task for as long as the server's settings say.
     *
     * @param value a text, number, boolean, list or map
     */
    void set(String key, Object value);

    /** Forgets what is kept under a key, if anything is. */
    void delete(String key);

    /** Forgets everything. */
    void clear();

    /** Keeps values at a task of a run, some of them for a while only. */
    interface OfTask extends StateStore {
        /** Keeps a value under a key until an instant. */
        void set(String key, Object value, Instant until);

        /** Keeps a value under a key for ever. */
        void keep(String key, Object value);

        /**
         * Changes what is kept under a key, and leaves how long it is kept.
         *
         * @throws dev.fairlead.error.NotFoundException if nothing is
         */
        void update(String key, Object value);

        /** Forgets everything at all the tasks that this one is mapped to. */
        void clearAll();
    }
}
