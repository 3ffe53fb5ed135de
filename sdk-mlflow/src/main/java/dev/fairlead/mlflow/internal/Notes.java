package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.internal.wire.KeyValue;
import dev.fairlead.mlflow.internal.wire.RunWire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was noted of a run's files in its tags: the SHA-256 of each, by which a second upload knows that there is nothing to do. */
final class Notes {
    private static final String TAG = "fairlead.sha256.";
    private static final int KEY_LENGTH = 32;
    private static final int AT_ONCE = 50;

    private final Api api;
    private final String runId;
    private final Map<String, String> known;
    private final Map<String, String> fresh = new LinkedHashMap<>();

    private Notes(Api api, String runId, Map<String, String> known) {
        this.api = api;
        this.runId = runId;
        this.known = known;
    }

    static Notes read(Api api, String runId) {
        Map<String, String> known = new HashMap<>();
        RunWire.Data data = DefaultRuns.read(api, runId).data();
        for (KeyValue tag : data == null ? List.<KeyValue>of() : Decode.list(data.tags())) {
            if (tag.key().startsWith(TAG)) {
                known.put(tag.key(), Objects.requireNonNullElse(tag.value(), ""));
            }
        }
        return new Notes(api, runId, known);
    }

    /** Returns the SHA-256 that was noted of a file, or {@code null}. */
    @Nullable
    String of(String path, long size) {
        String[] parts = known.getOrDefault(key(path), "").split(" ", 3);
        return parts.length == 3 && parts[1].equals(Long.toString(size)) && parts[2].equals(path) ? parts[0] : null;
    }

    /** Notes a file that arrived; now and then the notes are sent. */
    void add(String path, long size, String sha256) {
        Map<String, String> full = Map.of();
        synchronized (fresh) {
            fresh.put(key(path), sha256 + " " + size + " " + path);
            if (fresh.size() >= AT_ONCE) {
                full = take();
            }
        }
        send(full);
    }

    /** Sends what is left. */
    void send() {
        Map<String, String> rest;
        synchronized (fresh) {
            rest = take();
        }
        send(rest);
    }

    private Map<String, String> take() {
        Map<String, String> all = new LinkedHashMap<>(fresh);
        fresh.clear();
        return all;
    }

    private void send(Map<String, String> tags) {
        LogBatches.split(runId, PointBuffer.NONE, Map.of(), tags)
                .forEach(batch -> api.write("runs/log-batch", batch.body()));
    }

    private static String key(String path) {
        return TAG + hex(digest().digest(path.getBytes(StandardCharsets.UTF_8))).substring(0, KEY_LENGTH);
    }

    /** Reads a file and returns its SHA-256. */
    static String sha256(Path file) {
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
        return hex(digest.digest());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
