package dev.fairlead.mlflow.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which commit a folder is at from git's own files; without git, and silently nothing where there is no repository. */
final class GitFolder {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern ORIGIN = Pattern.compile("(?s).*\\[remote \"origin\"]\\s[^\\[]*?url\\s*=\\s*(\\S+).*");
    private static final String HEADS = "refs/heads/";
    private static final long LARGEST = 8 << 20;

    private GitFolder() {}

    /** Returns MLflow's tags for the commit, the branch and the repository. */
    static Map<String, String> tags(Path folder) {
        Map<String, String> tags = new LinkedHashMap<>();
        Path git = find(folder.toAbsolutePath());
        if (git == null) {
            return tags;
        }
        // a linked working tree keeps its HEAD apart from what all trees share
        Path shared = read(git.resolve("commondir"))
                .map(text -> git.resolve(text).normalize())
                .orElse(git);
        String head = read(git.resolve("HEAD")).orElse("");
        String ref = head.startsWith("ref:") ? head.substring("ref:".length()).strip() : "";
        String commit = ref.isEmpty() ? head : commit(shared, ref);
        if (COMMIT.matcher(commit).matches()) {
            tags.put("mlflow.source.git.commit", commit);
            if (ref.startsWith(HEADS)) {
                tags.put("mlflow.source.git.branch", ref.substring(HEADS.length()));
            }
            origin(shared).ifPresent(url -> tags.put("mlflow.source.git.repoURL", url));
        }
        return tags;
    }

    private static @Nullable Path find(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.isDirectory(git)) {
                return git;
            }
            Optional<String> link = read(git).filter(text -> text.startsWith("gitdir:"));
            if (link.isPresent()) {
                return at.resolve(link.get().substring("gitdir:".length()).strip())
                        .normalize();
            }
        }
        return null;
    }

    private static String commit(Path git, String ref) {
        return read(git.resolve(ref))
                .orElseGet(() -> read(git.resolve("packed-refs"))
                        .flatMap(packed -> packed.lines()
                                .filter(line -> line.endsWith(" " + ref))
                                .map(line -> line.substring(0, line.indexOf(' ')))
                                .findFirst())
                        .orElse(""));
    }

    /** Returns where the repository comes from, without a user or token that may stand in the address. */
    private static Optional<String> origin(Path git) {
        return read(git.resolve("config"))
                .map(ORIGIN::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1).replaceAll("(://)[^/@]*@", "$1"));
    }

    /** Reads a small file, stripped. */
    static Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) < LARGEST
                    ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // a run does not fail because its origin cannot be told
        }
    }
}
