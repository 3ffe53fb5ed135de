package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.SignatureField;
import dev.fairlead.spi.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes what describes a dataset, as Python's MLflow does. */
public final class DatasetTexts {
    private static final int DIGITS = 32;

    private DatasetTexts() {}

    /** Computes the digest of content. */
    public static String digest(ArtifactSource content) {
        try (InputStream in = content.open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (IOException e) {
            throw new UncheckedIOException("the content of the dataset cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String scheme(URI address) {
        return Objects.requireNonNullElse(address.getScheme(), "file").toLowerCase(Locale.ROOT);
    }

    /** Returns the kind of an address. */
    public static String sourceType(URI address) {
        String scheme = scheme(address);
        return switch (scheme) {
            case "file" -> "local";
            case "http", "https" -> "http";
            default -> scheme;
        };
    }

    /** Writes an address. */
    public static String source(URI address) {
        return switch (scheme(address)) {
            case "file" -> json(Map.of("uri", Objects.requireNonNullElse(address.getPath(), "")));
            case "http", "https" -> json(Map.of("url", address.toString()));
            default -> json(Map.of("uri", address.toString()));
        };
    }

    /** Writes columns, or tensors. */
    public static String schema(Iterable<? extends SignatureField> columns) {
        List<Map<String, Object>> trees = new ArrayList<>();
        boolean tensors = false;
        for (SignatureField column : columns) {
            trees.add(column.toTree());
            tensors |= column instanceof SignatureField.Tensor;
        }
        // Python's MLflow keeps tensors as JSON within the JSON
        return tensors
                ? json(Map.of(
                        "mlflow_tensorspec",
                        Map.of("features", JsonCodec.camelCase().text(trees))))
                : json(Map.of("mlflow_colspec", trees));
    }

    /** Writes a tree. */
    public static String json(Map<String, ?> tree) {
        return JsonCodec.camelCase().text(tree);
    }
}
