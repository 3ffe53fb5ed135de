package dev.fairlead.mlflow.internal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of a spool and, beside it, a file of what of it the server has. Both only grow. A record is its length, its checksum, and its
 * values; what follows a record that is not whole does not count, for it was never acknowledged to anybody.
 *
 * <p>Written through plain streams: a channel would be closed by an interrupt of the thread that logs.
 */
final class SpoolSegment {
    private static final long MAGIC = 0x464c4d4554524331L; // FLMETRC1
    private static final int HEADER = 8;
    private static final int MAX_RECORD = 64 << 20;
    private static final int DONE_RECORD = 16;

    final long firstSequence;
    private final Path file;
    private final Path doneFile;
    private final BitSet done = new BitSet();
    private final PointBuffer read = new PointBuffer();
    private @Nullable FileOutputStream out;
    private @Nullable FileOutputStream doneOut;
    private int count;
    private long bytes;

    private SpoolSegment(Path folder, long firstSequence) {
        this.firstSequence = firstSequence;
        this.file = folder.resolve(String.format("%019d.points", firstSequence));
        this.doneFile = folder.resolve(String.format("%019d.done", firstSequence));
    }

    /** Starts a file. */
    static SpoolSegment create(Path folder, long firstSequence) throws IOException {
        SpoolSegment segment = new SpoolSegment(folder, firstSequence);
        segment.out = new FileOutputStream(segment.file.toFile());
        segment.write(ByteBuffer.allocate(HEADER).putLong(MAGIC).array());
        return segment;
    }

    /** Reads a file of an earlier process, as far as it is whole. */
    static SpoolSegment read(Path folder, Path file) throws IOException {
        String name = file.getFileName().toString();
        SpoolSegment segment = new SpoolSegment(folder, Long.parseLong(name.substring(0, name.indexOf('.'))));
        segment.readPoints(ByteBuffer.wrap(Files.readAllBytes(file)));
        if (Files.exists(segment.doneFile)) {
            segment.readDone(ByteBuffer.wrap(Files.readAllBytes(segment.doneFile)));
        }
        return segment;
    }

    static boolean isSegment(Path file) {
        return file.getFileName().toString().matches("\\d{19}\\.points");
    }

    private void readPoints(ByteBuffer data) {
        if (data.remaining() < HEADER || data.getLong() != MAGIC) {
            return;
        }
        while (data.remaining() >= 8) {
            int length = data.getInt();
            int checksum = data.getInt();
            if (length < 4 || length > data.remaining() || checksum(data.slice(data.position(), length)) != checksum) {
                return;
            }
            readRecord(data.slice(data.position(), length));
            data.position(data.position() + length);
        }
    }

    private void readRecord(ByteBuffer data) {
        int size = data.getInt();
        for (int i = 0; i < size; i++) {
            byte[] key = new byte[data.getShort()];
            data.get(key);
            read.add(new String(key, StandardCharsets.UTF_8), data.getDouble(), data.getLong(), data.getLong());
        }
        count += size;
    }

    private void readDone(ByteBuffer data) {
        while (data.remaining() >= DONE_RECORD) {
            int checksum = checksum(data.slice(data.position(), DONE_RECORD - 4));
            int first = (int) (data.getLong() - firstSequence);
            int size = data.getInt();
            if (data.getInt() != checksum || first < 0 || size < 0) {
                return;
            }
            done.set(first, Math.min(first + size, count));
        }
    }

    /** What of a file the server is not known to have, in pieces that lie together. */
    List<Spool.Found> open(int largest) {
        List<Spool.Found> all = new ArrayList<>();
        int at = done.nextClearBit(0);
        while (at < count) {
            int set = done.nextSetBit(at);
            int end = Math.min(Math.min(set < 0 ? count : set, count), at + largest);
            PointBuffer points = new PointBuffer();
            points.add(read, at, end - at);
            all.add(new Spool.Found(firstSequence + at, points));
            at = done.nextClearBit(end);
        }
        return all;
    }

    void append(Points points, int first, int size) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream(64 * size + 16);
        DataOutputStream data = new DataOutputStream(record);
        data.writeLong(0); // room for length and checksum
        data.writeInt(size);
        for (int i = first; i < first + size; i++) {
            byte[] key = points.key(i).getBytes(StandardCharsets.UTF_8);
            data.writeShort(key.length);
            data.write(key);
            data.writeDouble(points.value(i));
            data.writeLong(points.timestamp(i));
            data.writeLong(points.step(i));
        }
        byte[] all = record.toByteArray();
        if (all.length > MAX_RECORD) {
            throw new IOException("a record of " + all.length + " bytes");
        }
        ByteBuffer.wrap(all).putInt(all.length - 8).putInt(checksum(ByteBuffer.wrap(all, 8, all.length - 8)));
        write(all);
        count += size;
    }

    private void write(byte[] data) throws IOException {
        FileOutputStream to = out;
        if (to == null) {
            throw new IOException(file + " is no longer written to");
        }
        to.write(data);
        bytes += data.length;
    }

    void sync() throws IOException {
        if (out != null) {
            out.getFD().sync();
        }
    }

    /** Notes that the server has these; those outside of this file are passed over. */
    void acknowledge(long sequence, int size) throws IOException {
        long from = Math.max(sequence, firstSequence);
        long to = Math.min(sequence + size, firstSequence + count);
        if (from >= to) {
            return;
        }
        done.set((int) (from - firstSequence), (int) (to - firstSequence));
        if (doneOut == null) {
            doneOut = new FileOutputStream(doneFile.toFile(), true);
        }
        ByteBuffer record = ByteBuffer.allocate(DONE_RECORD).putLong(from).putInt((int) (to - from));
        record.putInt(checksum(ByteBuffer.wrap(record.array(), 0, DONE_RECORD - 4)));
        doneOut.write(record.array());
    }

    private static int checksum(ByteBuffer data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return (int) crc.getValue();
    }

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    /** Whether the server has all of it. */
    boolean delivered() {
        return done.cardinality() >= count;
    }

    void close() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
        if (doneOut != null) {
            doneOut.close();
            doneOut = null;
        }
    }

    /** Deletes a file that is delivered; its notes go last, for without them it would only be sent again. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
        Files.deleteIfExists(doneFile);
    }
}
