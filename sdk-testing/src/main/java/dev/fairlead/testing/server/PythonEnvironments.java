package dev.fairlead.testing.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Virtual environments for the Python servers, each made once from a lock file of this library and kept in the cache.
 *
 * <p>The cache is {@code $FAIRLEAD_CACHE}, else {@code $XDG_CACHE_HOME/fairlead}, else {@code ~/.cache/fairlead}. Threads
 * and processes may ask at the same time: one installs, the others wait. An environment that was not finished is made anew.
 */
public final class PythonEnvironments {
    private static final System.Logger LOG = System.getLogger("dev.fairlead.testing.server");
    private static final String READY = ".fairlead-ready";
    private static final Duration INSTALL = Duration.ofMinutes(15);
    private static final String UV = "uv";

    private final Path cache;
    private final Consumer<String> progress;
    private final Supplier<Optional<Python>> python;

    private PythonEnvironments(Path cache, Consumer<String> progress) {
        this.cache = cache;
        this.progress = progress;
        this.python = new Once<>(Python::find);
    }

    /**
     * Opens the cache of this user, telling the system logger of every installation.
     *
     * @return the environments
     */
    public static PythonEnvironments open() {
        return new PythonEnvironments(Cache.root(), line -> LOG.log(System.Logger.Level.INFO, line));
    }

    /**
     * Opens a cache of one's own.
     *
     * @param cache the folder, made when missing
     * @param progress told, line by line, what is installed and how large it is
     * @return the environments
     */
    public static PythonEnvironments open(Path cache, Consumer<String> progress) {
        return new PythonEnvironments(cache.toAbsolutePath(), progress);
    }

    /**
     * Returns the environment of a lock, installing it when it is not there yet.
     *
     * @param lock the name of a lock, for example {@code mlflow-3.17.2}
     * @return a complete environment
     * @throws ServerException when there is no such lock, no Python from 3.10 to 3.13, or the installation fails
     */
    public PythonEnvironment require(String lock) {
        return require(lock, Folders.resource("locks/" + lock + ".txt"));
    }

    PythonEnvironment require(String lock, String packages) {
        Python found = python.get().orElseThrow(() -> new ServerException(Python.MISSING));
        Path home = home(lock, packages, found);
        if (!isReady(home)) {
            Cache.locked(cache, home.getFileName().toString(), () -> {
                if (!isReady(home)) {
                    install(lock, packages, found, home);
                }
                return home;
            });
        }
        return new PythonEnvironment(lock, home, found.version());
    }

    /**
     * Tells whether the environment of a lock is complete already.
     *
     * @param lock the name of a lock
     * @return {@code false} also when there is no Python
     */
    public boolean isCached(String lock) {
        String packages = Folders.resource("locks/" + lock + ".txt");
        return python.get().filter(p -> isReady(home(lock, packages, p))).isPresent();
    }

    /**
     * Tells whether an environment could be installed here.
     *
     * @return {@code true} when a Python from 3.10 to 3.13 with the module venv is on the path
     */
    public boolean canInstall() {
        return python.get().isPresent();
    }

    private Path home(String lock, String packages, Python found) {
        return cache.resolve("python").resolve(lock + "-" + found.tag() + "-" + hash(packages));
    }

    private static boolean isReady(Path home) {
        return Files.exists(home.resolve(READY));
    }

    /** Comments do not count: two locks with the same packages are the same environment. */
    private static String hash(String packages) {
        String counted = packages.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .collect(Collectors.joining("\n", "", "\n"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(counted.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void install(String lock, String packages, Python found, Path home) {
        String size = packages.lines()
                .findFirst()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .orElse("size unknown");
        Optional<Path> uv = uv(found);
        progress.accept("Installing " + lock + " (" + size + ") into " + home + " with "
                + uv.map(u -> UV).orElse("pip") + ", once");
        long start = System.nanoTime();
        if (uv.isEmpty() || !installWithUv(lock, packages, found, home, uv.get())) {
            installWithPip(lock, found, home, fresh(home, packages));
        }
        markReady(home);
        progress.accept("Installed " + lock + " in "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s, " + Folders.megabytes(home) + " MB");
    }

    /** Empties the folder and writes the requirements into it. */
    private static Path fresh(Path home, String packages) {
        Folders.delete(home);
        return Folders.write(home.resolve("requirements.txt"), packages);
    }

    private Path log(Path home) {
        return cache.resolve("python").resolve(home.getFileName() + ".log");
    }

    private boolean installWithUv(String lock, String packages, Python found, Path home, Path uv) {
        String requirements = fresh(home, packages).toString();
        String python = home.resolve("bin/python").toString();
        List<String> venv = List.of(
                uv.toString(), "venv", "--quiet", "--allow-existing", "--python", found.executable(), home.toString());
        List<String> install = List.of(
                uv.toString(),
                "pip",
                "install",
                "--quiet",
                "--compile-bytecode",
                "--python",
                python,
                "-r",
                requirements);
        try {
            Map<String, String> environment = uvEnvironment(found);
            run("uv venv for " + lock, venv, environment, home, log(home));
            run("uv pip install of " + lock, install, environment, home, log(home));
            return true;
        } catch (ServerException e) {
            progress.accept("uv did not manage, pip takes over: " + e.getMessage());
            return false;
        }
    }

    private void installWithPip(String lock, Python found, Path home, Path requirements) {
        String python = home.resolve("bin/python").toString();
        run("venv for " + lock, List.of(found.executable(), "-m", "venv", home.toString()), Map.of(), home, log(home));
        run(
                "pip install of " + lock,
                List.of(python, "-m", "pip", "install", "--quiet", "-r", requirements.toString()),
                Map.of("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
                home,
                log(home));
    }

    private static void run(String step, List<String> command, Map<String, String> environment, Path home, Path log) {
        Commands.run(step, command, environment, home, log, INSTALL);
    }

    /** The fast installer, itself a package, in an environment of its own; nothing when it cannot be had. */
    private Optional<Path> uv(Python found) {
        Path home = cache.resolve("python").resolve(UV + "-" + found.tag());
        Path program = home.resolve("bin").resolve(UV);
        if (isReady(home)) {
            return Optional.of(program);
        }
        return Cache.locked(cache, home.getFileName().toString(), () -> {
            if (isReady(home)) {
                return Optional.of(program);
            }
            try {
                Folders.delete(home);
                Folders.create(home);
                Path log = log(home);
                run("venv for uv", List.of(found.executable(), "-m", "venv", home.toString()), Map.of(), home, log);
                run(
                        "pip install of uv",
                        List.of(home.resolve("bin/python").toString(), "-m", "pip", "install", "--quiet", UV),
                        Map.of(),
                        home,
                        log);
                markReady(home);
                return Optional.of(program);
            } catch (ServerException e) {
                progress.accept("uv cannot be installed, pip takes over: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                return Optional.empty();
            }
        });
    }

    /** uv does not read pip's settings: whoever has set an index or a certificate for pip means it for uv too. */
    private Map<String, String> uvEnvironment(Python found) {
        Map<String, String> environment = new HashMap<>();
        environment.put("UV_CACHE_DIR", cache.resolve(UV).toString());
        Map<String, String> names = Map.of(
                "index-url",
                "UV_DEFAULT_INDEX",
                "extra-index-url",
                "UV_INDEX",
                "find-links",
                "UV_FIND_LINKS",
                "cert",
                "SSL_CERT_FILE");
        String settings = Commands.output(List.of(found.executable(), "-m", "pip", "config", "list"))
                .orElse("");
        settings.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals < 0) {
                return;
            }
            String key = line.substring(line.indexOf('.') + 1, equals);
            String value = line.substring(equals + 1).replaceAll("^['\"]|['\"]$", "");
            String variable = names.get(key);
            if (variable != null && System.getenv(variable) == null && isUsable(key, value)) {
                environment.put(variable, value);
            }
        });
        return environment;
    }

    private static boolean isUsable(String key, String value) {
        return !key.equals("find-links") || value.contains("://") || Files.isDirectory(Path.of(value));
    }

    private static void markReady(Path home) {
        try {
            Files.createFile(home.resolve(READY));
        } catch (IOException e) {
            throw new ServerException("cannot finish " + home + ": " + e.getMessage(), e);
        }
    }
}
