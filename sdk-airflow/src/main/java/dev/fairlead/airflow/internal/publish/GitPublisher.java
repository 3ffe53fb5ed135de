package dev.fairlead.airflow.internal.publish;

import dev.fairlead.airflow.dag.DagFileVersion;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.GitPlace;
import dev.fairlead.airflow.dag.Publication;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.internal.publish.GitStore.Pushed;
import dev.fairlead.error.ConfigurationException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Commits DAGs to a branch and pushes them: one commit for each change, on top of whatever others pushed meanwhile. */
public final class GitPublisher implements DagPublisher {
    private static final int TRIES = 30;
    private static final int LONGEST_PAUSE_MILLIS = 500;

    private final GitPlace place;
    private final ReentrantLock one = new ReentrantLock();
    private @Nullable GitStore store;

    /** Creates the publisher of a place in a repository; opens no connection. */
    public GitPublisher(GitPlace place) {
        this.place = place;
        try {
            Class.forName("org.eclipse.jgit.lib.Repository", false, GitPublisher.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new ConfigurationException(
                    "DAGs cannot be delivered to " + location()
                            + ": org.eclipse.jgit:org.eclipse.jgit is not on the class path; add it",
                    e);
        }
    }

    private <T> T locked(Function<GitStore, T> action) {
        one.lock();
        try {
            GitStore open = store;
            if (open == null) {
                open = new GitStore(place);
                store = open;
            }
            return action.apply(open);
        } finally {
            one.unlock();
        }
    }

    private String path(String dagId) {
        String file = RenderedDag.fileName(dagId);
        return place.path().isEmpty() ? file : place.path() + "/" + file;
    }

    private String file(String dagId) {
        return place.uri() + " " + path(dagId);
    }

    @Override
    public Publication publish(String dagId, String source, boolean overwrite) {
        return locked(git -> change(git, dagId, source, overwrite));
    }

    @Override
    public boolean remove(String dagId) {
        return locked(git -> change(git, dagId, null, false)).changed();
    }

    /** Brings the file to a text, or away; each round decides anew on what stands there then. */
    private Publication change(GitStore git, String dagId, @Nullable String text, boolean overwrite) {
        Pushed last = Pushed.DONE;
        boolean ours = false;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<String> head = git.fetch();
            Optional<String> there = head.flatMap(h -> git.read(h, path(dagId)));
            if (there.equals(Optional.ofNullable(text))) {
                return new Publication(ours, head); // a push whose answer was lost has arrived
            }
            if (!overwrite) {
                there.ifPresent(found -> OurFile.check(file(dagId), dagId, found));
            }
            String commit = git.commit(head, path(dagId), text, message(dagId, there.isPresent(), text));
            last = git.push(commit, head);
            if (last.done()) {
                return new Publication(true, Optional.of(commit));
            }
            ours = last.unknown();
            pause(attempt);
        }
        throw OurFile.refusal(file(dagId), " cannot be pushed, " + TRIES + " times over: " + last.reason(), null);
    }

    private static String message(String dagId, boolean known, @Nullable String text) {
        String what = text == null ? "Remove" : known ? "Change" : "Add";
        return what + " DAG " + dagId + "\n";
    }

    private void pause(int attempt) {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current()
                    .nextInt(1, Math.min(LONGEST_PAUSE_MILLIS, 20 << Math.min(attempt, 8))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw OurFile.refusal(place.uri(), " was not pushed to: interrupted", e);
        }
    }

    @Override
    public Optional<String> current(String dagId) {
        return locked(git -> git.fetch().flatMap(head -> git.read(head, path(dagId))));
    }

    @Override
    public List<DagFileVersion> history(String dagId) {
        return locked(git -> git.history(path(dagId)));
    }

    @Override
    public Optional<String> at(String dagId, String version) {
        return locked(git -> git.at(version, path(dagId)));
    }

    @Override
    public String location() {
        return "git+" + place.uri() + place.branch().map(b -> "?branch=" + b).orElse("")
                + (place.path().isEmpty() ? "" : (place.branch().isPresent() ? "&" : "?") + "path=" + place.path());
    }

    @Override
    public String toString() {
        return "GitPublisher[" + place + "]";
    }
}
