package dev.fairlead.airflow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Is what the server knows of a DAG. */
public interface DagInfo {
    /** Returns the id. */
    String id();

    /** Returns whether it is paused: not scheduled, and triggered runs wait. */
    boolean paused();

    /** Returns whether the server no longer runs it, since its file is gone or cannot be imported. */
    boolean stale();

    /** Returns whether the last import of its file failed. */
    boolean importErrors();

    /** Returns when its file was parsed last. */
    Optional<Instant> parsedAt();

    /** Returns one line about it. */
    Optional<String> description();

    /** Returns its file, relative to the folder of DAGs. */
    Optional<String> file();

    /** Returns its schedule in the server's words. */
    Optional<String> schedule();

    /** Returns when the next scheduled run starts. */
    Optional<Instant> nextRun();

    /** Returns its tags. */
    List<String> tags();

    /** Returns the token by which the server knows its file. */
    Optional<String> fileToken();

    /** Starts a description, for tests. */
    static Builder builder() {
        return ImmutableDagInfo.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default DagInfo with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the id. */
        Builder id(String id);

        /** Sets whether it is paused: not scheduled, and triggered runs wait. */
        Builder paused(boolean paused);

        /** Sets whether the server no longer runs it, since its file is gone or cannot be imported. */
        Builder stale(boolean stale);

        /** Sets whether the last import of its file failed. */
        Builder importErrors(boolean importErrors);

        /** Sets when its file was parsed last. */
        Builder parsedAt(Instant parsedAt);

        /** Sets one line about it. */
        Builder description(String description);

        /** Sets its file, relative to the folder of DAGs. */
        Builder file(String file);

        /** Sets its schedule in the server's words. */
        Builder schedule(String schedule);

        /** Sets when the next scheduled run starts. */
        Builder nextRun(Instant nextRun);

        /** Sets its tags. */
        Builder tags(Iterable<String> tags);

        /** Sets the token by which the server knows its file. */
        Builder fileToken(String fileToken);

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        DagInfo build();
    }
}
