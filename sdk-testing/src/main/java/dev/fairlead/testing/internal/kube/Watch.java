package dev.fairlead.testing.internal.kube;

import dev.fairlead.spi.JsonCodec;
import dev.fairlead.testing.internal.kube.Api.Target;
import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One watch: the changes of a kind after a revision, as they come. */
final class Watch {
    private static final long STEP_MILLIS = 250;
    private static final long BOOKMARK_MILLIS = 60_000;

    private final ObjectStore store;
    private final Target target;
    private final Query query;
    private final Answer answer;

    Watch(ObjectStore store, Target target, Query query, Answer answer) {
        this.store = store;
        this.target = target;
        this.query = query;
        this.answer = answer;
    }

    void run(BooleanSupplier closed) throws IOException, InterruptedException {
        answer.begin("application/json");
        long at = start();
        long end = System.nanoTime() + seconds() * 1_000_000_000L;
        long bookmark = System.nanoTime() + BOOKMARK_MILLIS * 1_000_000L;
        while (at >= 0 && !closed.getAsBoolean() && System.nanoTime() < end) {
            if (at < store.forgotten()) {
                tooOld(at);
                break;
            }
            for (Change change : store.after(at, STEP_MILLIS)) {
                send(change);
                at = change.version();
            }
            if (query.flag("allowWatchBookmarks") && System.nanoTime() > bookmark) {
                bookmark(at);
                bookmark = System.nanoTime() + BOOKMARK_MILLIS * 1_000_000L;
            }
        }
        if (at >= 0 && query.flag("allowWatchBookmarks")) {
            bookmark(at);
        }
        answer.end();
    }

    private long seconds() {
        return query.get("timeoutSeconds").isEmpty() ? 1_800 : Long.parseLong(query.get("timeoutSeconds"));
    }

    /** Returns the revision to go on from: the one asked for, or the present one after what is there was sent. */
    private long start() throws IOException {
        String version = query.get("resourceVersion");
        if (!version.isEmpty() && !version.equals("0")) {
            return Long.parseLong(version);
        }
        ObjectStore.Listing listing = store.list(target.kind(), target.namespace());
        for (Map<String, Object> object : listing.items()) {
            if (mine(object)) {
                event("ADDED", object);
            }
        }
        return listing.revision();
    }

    private boolean mine(@Nullable Map<String, Object> object) {
        return object != null
                && query.selects(object)
                && (target.namespace().isEmpty() || target.namespace().equals(Tree.at(object, "metadata.namespace")))
                && (target.name().isEmpty() || target.name().equals(Tree.at(object, "metadata.name")));
    }

    /** An object that begins or ceases to match appears and disappears for this watch. */
    private void send(Change change) throws IOException {
        if (!change.kind().kind().plural().equals(target.kind().kind().plural())
                || !change.kind().kind().group().equals(target.kind().kind().group())) {
            return;
        }
        boolean before = mine(change.before());
        boolean now = mine(change.object()) && !change.type().equals("DELETED");
        if (now) {
            event(before ? "MODIFIED" : "ADDED", change.object());
        } else if (before) {
            event("DELETED", change.object());
        }
    }

    private void event(String type, Map<String, Object> object) throws IOException {
        answer.piece(JsonCodec.camelCase().text(Tree.of("type", type, "object", object)) + "\n");
    }

    private void bookmark(long at) throws IOException {
        event(
                "BOOKMARK",
                Tree.of(
                        "kind", target.kind().kind().kind(),
                        "apiVersion", target.kind().kind().apiVersion(),
                        "metadata", Tree.of("resourceVersion", String.valueOf(at))));
    }

    private void tooOld(long at) throws IOException {
        event(
                "ERROR",
                Refusal.gone("too old resource version: " + at + " (" + store.forgotten() + ")")
                        .status());
    }
}
