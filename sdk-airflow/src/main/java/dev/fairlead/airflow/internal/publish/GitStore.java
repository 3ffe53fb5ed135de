package dev.fairlead.airflow.internal.publish;

import dev.fairlead.airflow.dag.DagFileVersion;
import dev.fairlead.airflow.dag.GitPlace;
import dev.fairlead.error.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * One repository through JGit: a private copy without a work tree, of the branch's last commit alone until the history is asked for. Commits are
 * made of trees, so that nothing but the one path is ever touched. Not thread-safe.
 */
final class GitStore {
    private static final int TIMEOUT_SECONDS = 60;
    private static final String HEADS = "refs/heads/";
    private static final String SEEN = "refs/fairlead/head";

    private final GitPlace place;
    private final Repository repository;
    private final Git git;
    private @Nullable String branch;
    private boolean whole;

    GitStore(GitPlace place) {
        this.place = place;
        try {
            git = Git.init()
                    .setBare(true)
                    .setGitDir(PrivateFolders.create("fairlead-git-").toFile())
                    .call();
            repository = git.getRepository();
        } catch (IOException | GitAPIException e) {
            throw failed("cannot be copied", e);
        }
    }

    /** How a push ended: done, refused, or without an answer. */
    record Pushed(boolean done, boolean unknown, String reason) {
        static final Pushed DONE = new Pushed(true, false, "");
    }

    /** Brings the branch's last commit here and returns it; empty where the repository is. */
    Optional<String> fetch() {
        try {
            Collection<Ref> refs = authorized(
                            Git.lsRemoteRepository().setRemote(place.uri()).setHeads(true))
                    .call();
            if (refs.isEmpty()) {
                branch = place.branch().orElse("main");
                return Optional.empty();
            }
            if (branch == null) {
                branch = place.branch().isPresent() ? place.branch().get() : defaultBranch(refs);
            }
            ObjectId head = refs.stream()
                    .filter(r -> r.getName().equals(HEADS + branch))
                    .map(Ref::getObjectId)
                    .findFirst()
                    .orElseThrow(() -> new ConfigurationException(
                            place.uri() + " has no branch '" + branch + "'; make it, or name one that is there"));
            if (repository.getObjectDatabase().has(head)) {
                return Optional.of(head.name());
            }
            fetch(false); // the branch may have moved again
            return Optional.of(repository.resolve(SEEN).name());
        } catch (IOException | GitAPIException e) {
            throw failed("cannot be read", e);
        }
    }

    private String defaultBranch(Collection<Ref> heads) throws GitAPIException {
        return authorized(Git.lsRemoteRepository().setRemote(place.uri())).callAsMap().values().stream()
                .filter(r -> r.getName().equals(Constants.HEAD) && r.isSymbolic())
                .map(r -> r.getTarget().getName().substring(HEADS.length()))
                .findFirst()
                .orElseGet(() -> heads.iterator().next().getName().substring(HEADS.length()));
    }

    private void fetch(boolean all) throws GitAPIException {
        var command = authorized(git.fetch())
                .setRemote(place.uri())
                .setRefSpecs(new RefSpec("+" + HEADS + branch + ":" + SEEN))
                .setTagOpt(TagOpt.NO_TAGS);
        if (all) {
            command.setUnshallow(true);
            whole = true;
        } else if (!whole) {
            command.setDepth(1);
        }
        command.call();
    }

    /** Returns the text of a path in a commit. */
    Optional<String> read(String commit, String path) {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit parsed = walk.parseCommit(ObjectId.fromString(commit));
            try (TreeWalk tree = TreeWalk.forPath(repository, path, parsed.getTree())) {
                if (tree == null || (tree.getRawMode(0) & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
                    return Optional.empty();
                }
                byte[] bytes = repository.open(tree.getObjectId(0)).getBytes();
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw failed("cannot be read", e);
        }
    }

    /** Makes a commit that differs from its parent in one path; without a text the path is gone. */
    String commit(Optional<String> parent, String path, @Nullable String text, String message) {
        try (ObjectInserter inserter = repository.newObjectInserter();
                ObjectReader reader = inserter.newReader();
                RevWalk walk = new RevWalk(reader)) {
            DirCache tree = DirCache.newInCore();
            CommitBuilder commit = new CommitBuilder();
            if (parent.isPresent()) {
                RevCommit before = walk.parseCommit(ObjectId.fromString(parent.get()));
                DirCacheBuilder all = tree.builder();
                all.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, before.getTree());
                all.finish();
                commit.setParentId(before);
            }
            DirCacheEditor editor = tree.editor();
            editor.add(text == null ? new DirCacheEditor.DeletePath(path) : put(inserter, path, text));
            editor.finish();
            commit.setTreeId(tree.writeTree(inserter));
            PersonIdent author = new PersonIdent(place.authorName(), place.authorEmail());
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id.name();
        } catch (IOException e) {
            throw failed("cannot be committed to", e);
        }
    }

    private static DirCacheEditor.PathEdit put(ObjectInserter inserter, String path, String text) throws IOException {
        ObjectId blob = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
        return new DirCacheEditor.PathEdit(path) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(blob);
            }
        };
    }

    /** Moves the branch to a commit, if it still stands where it stood. */
    Pushed push(String commit, Optional<String> expected) {
        try {
            Iterable<PushResult> results = authorized(git.push())
                    .setRemote(place.uri())
                    .setRefSpecs(new RefSpec(commit + ":" + HEADS + branch))
                    .call();
            List<RemoteRefUpdate> updates = new ArrayList<>();
            String said = "";
            for (PushResult result : results) {
                updates.addAll(result.getRemoteUpdates());
                said = result.getMessages().strip();
            }
            RemoteRefUpdate update = updates.get(0);
            return switch (update.getStatus()) {
                case OK, UP_TO_DATE -> Pushed.DONE;
                case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED ->
                    new Pushed(false, false, "others push all the time");
                default -> refused(update, said, expected);
            };
        } catch (GitAPIException e) {
            if (isRefusal(e)) {
                throw failed("cannot be pushed to", e);
            }
            return new Pushed(false, true, String.valueOf(e.getMessage()));
        }
    }

    /** A refusal counts unless the branch has moved since, which servers tell in many words. */
    private Pushed refused(RemoteRefUpdate update, String said, Optional<String> expected) {
        if (!fetch().equals(expected)) {
            return new Pushed(false, false, "others push all the time");
        }
        String reason = String.valueOf(update.getMessage()) + (said.isEmpty() ? "" : ": " + said);
        if (reason.contains("lock")) {
            return new Pushed(false, false, reason);
        }
        throw OurFile.refusal(
                place.uri(),
                " refuses the push to '" + branch + "' (" + reason + "); allow it there, or name another branch",
                null);
    }

    private static boolean isRefusal(GitAPIException e) {
        String text = String.valueOf(e.getMessage());
        return text.contains("not authorized") || text.contains("not permitted") || text.contains("Authentication");
    }

    /** Returns the commits of the branch that changed a path, newest first. */
    List<DagFileVersion> history(String path) {
        Optional<String> head = fetch();
        if (head.isEmpty()) {
            return List.of();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            fetchWhole();
            walk.markStart(walk.parseCommit(ObjectId.fromString(head.get())));
            walk.setTreeFilter(AndTreeFilter.create(PathFilter.create(path), TreeFilter.ANY_DIFF));
            List<DagFileVersion> versions = new ArrayList<>();
            for (RevCommit commit : walk) {
                versions.add(new DagFileVersion(
                        commit.name(),
                        Instant.ofEpochSecond(commit.getCommitTime()),
                        commit.getAuthorIdent().getName(),
                        commit.getShortMessage()));
            }
            return versions;
        } catch (IOException | GitAPIException e) {
            throw failed("cannot be read", e);
        }
    }

    private void fetchWhole() throws GitAPIException {
        if (!whole) {
            fetch(true);
        }
    }

    /** Returns the text of a path in an earlier commit of the branch. */
    Optional<String> at(String commit, String path) {
        if (!ObjectId.isId(commit)) {
            return Optional.empty();
        }
        try {
            Optional<String> head = fetch();
            ObjectId id = ObjectId.fromString(commit);
            if (head.isPresent() && !repository.getObjectDatabase().has(id)) {
                fetchWhole();
            }
            return repository.getObjectDatabase().has(id) ? read(commit, path) : Optional.empty();
        } catch (IOException | GitAPIException e) {
            throw failed("cannot be read", e);
        }
    }

    private <C extends TransportCommand<C, ?>> C authorized(C command) {
        GitLogin.of(place).ifPresent(command::setCredentialsProvider);
        return command.setTimeout(TIMEOUT_SECONDS);
    }

    private RuntimeException failed(String what, Exception e) {
        return GitLogin.failed(place, what, e);
    }
}
