package dev.fairlead.mlflow.internal;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Problems;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps artifact paths inside their folder, in both directions. */
public final class Paths {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");
    private static final Pattern ENCODED = Pattern.compile("(?i).*%(2e|2f|5c|00).*");

    private static final int MAX_LENGTH = 4096;

    private Paths() {}

    /** Adds a problem where a path does not stay inside its folder. */
    public static void check(Problems at, String field, @Nullable String path) {
        String fault = path == null || path.isEmpty() ? "must not be empty" : fault(path);
        if (!fault.isEmpty()) {
            at.add(field, fault, path);
        }
    }

    /** Returns a folder's path without slashes around it; an empty one is the top. */
    static String folder(String path) {
        String inner = path.replaceAll("^\\.?/+$|/+$", "");
        return inner.isEmpty() || inner.equals(".") ? "" : required(inner);
    }

    /** Returns the path, or throws an {@link dev.fairlead.error.InvalidValueException} where it does not stay inside. */
    static String required(String path) {
        Problems.check("artifact path", (Problems.Checked) at -> check(at, "path", path));
        return path;
    }

    /** Returns what a server listed, or throws where that would lead out of the folder it was asked for. */
    static String listed(String path, String folder) {
        if (path.length() > MAX_LENGTH) {
            throw new InvalidResponseException(
                    "mlflow artifacts/list names a path longer than " + MAX_LENGTH
                            + " characters: folders without end?",
                    null);
        }
        boolean inside = folder.isEmpty() || path.startsWith(folder + "/");
        String fault = inside ? fault(path) : "must lie in the folder '" + folder + "'";
        if (path.isEmpty() || !fault.isEmpty()) {
            throw new InvalidResponseException(
                    "mlflow artifacts/list names '" + path
                            + "', which leads out of the folder that was listed; nothing of it is read",
                    null);
        }
        return path;
    }

    /** Returns the local file of a path below a folder, or throws where it would lie elsewhere. */
    static Path local(Path folder, String path) {
        Path base = folder.toAbsolutePath().normalize();
        Path file;
        try {
            file = base.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidResponseException(
                    "the artifact '" + path + "' cannot be stored under that name here: " + e.getReason(), e);
        }
        if (!file.startsWith(base) || file.equals(base)) {
            throw new InvalidResponseException("the artifact '" + path + "' would be stored outside of " + base, null);
        }
        return file;
    }

    static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** Encodes each part of a path for a URL. */
    static String encoded(String path) {
        return Arrays.stream(path.split("/", -1)).map(CallSpec::encode).collect(Collectors.joining("/"));
    }

    /** Returns an address below another. */
    static URI below(URI root, String path) {
        String base = root.toString().replaceAll("/+$", "");
        return path.isEmpty() ? URI.create(base) : URI.create(base + "/" + encoded(path));
    }

    private static String fault(String path) {
        if (path.startsWith("/") || path.contains("\\") || DRIVE.matcher(path).matches()) {
            return "must be a relative path with '/' between folders";
        }
        if (ENCODED.matcher(path).matches() || path.chars().anyMatch(c -> c < ' ')) {
            return "must not hold encoded dots or slashes, nor control characters";
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return "must not hold empty parts, '.' or '..'";
            }
        }
        return "";
    }
}
