package dev.fairlead.airflow.internal.rest;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.airflow.internal.TaskKey;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.Pages;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How both generations of the REST API are called: paths, deadlines, pages. */
public abstract class RestCalls {
    protected static final JsonCodec JSON = JsonCodec.snakeCase();
    protected static final int PAGE = 100;

    protected final HttpCalls calls;
    private final String root;

    protected RestCalls(HttpCalls calls, String root) {
        this.calls = calls;
        this.root = root;
    }

    protected String path(String rest) {
        return root + rest;
    }

    protected String dagPath(String dagId) {
        return path("/dags/" + CallSpec.encode(dagId));
    }

    protected String runPath(String dagId, String runId) {
        return dagPath(dagId) + "/dagRuns/" + CallSpec.encode(runId);
    }

    protected String tasksPath(String dagId, String runId) {
        return runPath(dagId, runId) + "/taskInstances";
    }

    protected String taskPath(TaskKey task) {
        return tasksPath(task.dagId(), task.runId()) + "/" + CallSpec.encode(task.taskId());
    }

    /** The path of one instance, which has its number behind it where the task is mapped. */
    protected String instancePath(TaskKey task) {
        return taskPath(task) + (task.mapIndex() < 0 ? "" : "/" + task.mapIndex());
    }

    protected static <T> CallSpec.Builder<T> get(String operation, String path, Class<T> type) {
        return CallSpec.get(operation, path, Decoder.json(JSON, type));
    }

    /** Calls within the earlier of the line's own limit and the waiter's. */
    protected <T> T call(CallSpec.Builder<T> spec, @Nullable Deadline deadline) {
        Deadline own = calls.deadline();
        if (deadline != null && deadline.left().compareTo(own.left()) < 0) {
            return calls.call(spec.build(), deadline);
        }
        return calls.call(spec.build(), own);
    }

    protected static <T> Optional<T> found(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * Says how a kind of list is read.
     *
     * @param operation names the call
     * @param spec starts the call for any page
     * @param rows reads the rows
     * @param total reads how many rows there are in all, where the server tells
     * @param read makes our value of a row
     * @param <W> the page on the wire
     * @param <R> the row on the wire
     * @param <T> our value
     */
    protected record Listing<W, R, T>(
            String operation,
            Supplier<CallSpec.Builder<W>> spec,
            Function<W, @Nullable List<R>> rows,
            Function<W, @Nullable Integer> total,
            Function<R, T> read) {
        List<T> values(W page) {
            return Values.list(rows.apply(page)).stream().map(read).toList();
        }
    }

    protected <W, R, T> PagedIterable<T> paged(
            String operation,
            Supplier<CallSpec.Builder<W>> spec,
            Function<W, @Nullable List<R>> rows,
            Function<W, @Nullable Integer> total,
            Function<R, T> read,
            @Nullable Deadline deadline) {
        return byOffset(new Listing<>(operation, spec, rows, total, read), deadline);
    }

    /** Reads pages by their offset: the server may give fewer rows than asked for, so that only what came counts. */
    protected <W, R, T> PagedIterable<T> byOffset(Listing<W, R, T> listing, @Nullable Deadline deadline) {
        return Pages.of("airflow " + listing.operation(), token -> {
            int offset = token == null ? 0 : Integer.parseInt(token);
            W page = call(listing.spec().get().query("limit", PAGE).query("offset", offset), deadline);
            return page(listing.values(page), listing.total().apply(page), offset);
        });
    }

    /** Makes a page of the rows that came from an offset on; of {@code all} in all, where the server tells. */
    protected static <T> Page<T> page(List<T> got, @Nullable Integer all, int offset) {
        int next = offset + got.size();
        boolean more = !got.isEmpty() && (all == null || next < all);
        return new Page<>(got, more ? String.valueOf(next) : null);
    }

    /** Reads pages by the cursor the server hands out, which neither skips nor doubles a row while others come and go. */
    protected <W, R, T> PagedIterable<T> byCursor(
            Listing<W, R, T> listing, Function<W, @Nullable String> next, @Nullable Deadline deadline) {
        return Pages.of("airflow " + listing.operation(), token -> {
            W page = call(
                    listing.spec().get().query("limit", PAGE).query("cursor", token == null ? "" : token), deadline);
            return new Page<>(listing.values(page), next.apply(page));
        });
    }
}
