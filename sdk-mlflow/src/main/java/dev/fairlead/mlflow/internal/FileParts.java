package dev.fairlead.mlflow.internal;

import dev.fairlead.spi.Body;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** Cuts files into parts. */
final class FileParts {
    private static final long MOST = 10_000;

    private FileParts() {}

    /**
     * A part of a file.
     *
     * @param number counted from 1
     * @param offset its first byte
     * @param length how many bytes
     */
    record Part(int number, long offset, long length) {
        /** Returns its last byte. */
        long last() {
            return offset + length - 1;
        }
    }

    /** Cuts a size into parts, at most 10,000. */
    static List<Part> of(long size, long partSize) {
        long length = Math.max(partSize, (size + MOST - 1) / MOST);
        return LongStream.range(0, (size + length - 1) / length)
                .mapToObj(i -> new Part((int) i + 1, i * length, Math.min(length, size - i * length)))
                .toList();
    }

    /** Reads a part of a file. */
    static Body.Source read(Path file, Part part) {
        Body.Source whole = () -> Files.newInputStream(file);
        return whole.part(part.offset(), part.length());
    }
}
