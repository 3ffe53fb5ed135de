package dev.fairlead.mlflow;

import dev.fairlead.mlflow.internal.DatasetTexts;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Describes a dataset that runs use; the data itself stays where it is. Name and digest tell one from another within an experiment: what
 * is logged under both a second time stays as it was.
 */
public interface Dataset {
    /** Returns the name. */
    String name();

    /** Returns what changes when the data changes; see {@link #digest(ArtifactSource)}. */
    String digest();

    /** Returns the kind of the source, such as {@code s3}, {@code http}, {@code local} or {@code code}. */
    String sourceType();

    /** Returns where the data is, as JSON. */
    String source();

    /** Returns what the data looks like, as JSON. */
    Optional<String> schema();

    /** Returns figures about the data, as JSON. */
    Optional<String> profile();

    /**
     * Computes a digest of content: the first 32 hexadecimal digits of its SHA-256. It tells files apart by their bytes; it is not the
     * digest that Python's MLflow makes of a data frame in memory, which nobody else can compute.
     */
    static String digest(ArtifactSource content) {
        return DatasetTexts.digest(content);
    }

    /** Computes a digest of a file; see {@link #digest(ArtifactSource)}. */
    static String digest(Path file) {
        return digest(ArtifactSource.of(file));
    }

    /** Describes a local file: its name, digest and place. */
    static Builder of(Path file) {
        return builder()
                .name(String.valueOf(file.getFileName()))
                .digest(digest(file))
                .source(file.toAbsolutePath().toUri());
    }

    /** Starts a description. */
    static Builder builder() {
        return ImmutableDataset.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the name; mandatory, at most 500 characters. */
        Builder name(String name);

        /** Sets the digest; mandatory, at most 36 characters. */
        Builder digest(String digest);

        /** Sets the kind of the source; mandatory, at most 36 characters. */
        Builder sourceType(String type);

        /** Sets where the data is, as JSON; mandatory, at most 65,535 characters. */
        Builder source(String json);

        /** Sets where the data is, and the kind of that, as Python's MLflow writes it. */
        default Builder source(URI address) {
            return sourceType(DatasetTexts.sourceType(address)).source(DatasetTexts.source(address));
        }

        /** Sets what the data looks like, as JSON; at most 1,048,575 characters. */
        Builder schema(String json);

        /** Sets the columns of the data. */
        default Builder schema(Iterable<? extends SignatureField> columns) {
            return schema(DatasetTexts.schema(columns));
        }

        /** Sets figures about the data, as JSON; at most 16,777,215 characters. */
        Builder profile(String json);

        /** Sets figures about the data, such as {@code num_rows}. */
        default Builder profile(Map<String, ?> figures) {
            return profile(DatasetTexts.json(figures));
        }

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        Dataset build();
    }
}
