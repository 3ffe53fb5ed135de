package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.MetricSpoolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values of one run on the disk, from before they are sent until the server has confirmed them. A folder of its own for each run, one
 * process at a time. Not thread-safe: the queue's lock guards it.
 *
 * <p>A value counts as written once the system has it, which survives the end of the process; with {@code sync} also on the disk.
 */
final class Spool {
    /** What an earlier process left: values that lie together in a file, and the place of the first. */
    record Found(long sequence, PointBuffer points) {}

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final long SEGMENT_BYTES = 4L << 20;
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][\\w-]{0,255}");
    private static final String LOCK = "lock";

    private final Path folder;
    private final boolean sync;
    private final FileChannel lockChannel;
    private final List<SpoolSegment> segments = new ArrayList<>();
    private @Nullable SpoolSegment current;
    private long next;
    private boolean closed;

    private Spool(Path folder, boolean sync, FileChannel lockChannel) {
        this.folder = folder;
        this.sync = sync;
        this.lockChannel = lockChannel;
    }

    /** Opens a run's folder below the given one, and reads what is in it. */
    static Spool open(Path base, String runId, boolean sync) {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new MetricSpoolException("the run id '" + runId + "' cannot name a folder of a spool", null);
        }
        Path folder = base.toAbsolutePath().resolve(runId);
        try {
            Files.createDirectories(folder);
            Spool spool = new Spool(folder, sync, lock(folder));
            spool.read();
            return spool;
        } catch (IOException e) {
            throw new MetricSpoolException("the spool " + folder + " cannot be opened: " + e, e);
        }
    }

    /** Finds the runs that have something in a folder. */
    static List<String> runs(Path base) {
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(base)) {
            return folders.filter(f -> Files.exists(f.resolve(LOCK)))
                    .map(f -> f.getFileName().toString())
                    .filter(name -> RUN_ID.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new MetricSpoolException("the spool " + base + " cannot be read: " + e, e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean mine = false;
        try {
            FileLock lock = channel.tryLock();
            mine = lock != null && isStillThere(channel, file);
        } catch (OverlappingFileLockException e) {
            LOG.debug("another logger of this JVM holds {}", file);
        } finally {
            if (!mine) {
                channel.close();
            }
        }
        if (!mine) {
            throw new MetricSpoolException(
                    "the spool " + folder
                            + " is in use by another logger, of this process or another; close that one, or give each its own folder",
                    null);
        }
        return channel;
    }

    /** The last holder deletes the file: who opened it before that holds a lock nobody else sees. */
    private static boolean isStillThere(FileChannel channel, Path file) throws IOException {
        String mark = ProcessHandle.current().pid() + " " + UUID.randomUUID();
        channel.truncate(0).write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.UTF_8)));
        return Files.exists(file) && Files.readString(file).equals(mark);
    }

    private void read() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(SpoolSegment::isSegment).sorted().toList()) {
                SpoolSegment segment = SpoolSegment.read(folder, file);
                next = Math.max(next, segment.firstSequence + segment.count());
                segments.add(segment);
            }
        }
        // a number of its own even where the last file held nothing whole
        next = Math.max(
                next,
                segments.stream().mapToLong(s -> s.firstSequence + 1).max().orElse(0));
    }

    /** Returns what the server is not known to have, oldest first, at most so many in one piece. */
    List<Found> found(int largest) {
        return segments.stream().flatMap(s -> s.open(largest).stream()).toList();
    }

    Path folder() {
        return folder;
    }

    /** Writes values down and returns the place of the first. */
    long append(Points points, int first, int count) {
        try {
            SpoolSegment segment = segment();
            segment.append(points, first, count);
            if (sync) {
                segment.sync();
            }
            long place = next;
            next += count;
            return place;
        } catch (IOException e) {
            // the file may end in half a record now, and nothing after that would be read
            endSegment();
            next++;
            throw new MetricSpoolException(
                    "the spool " + folder + " cannot be written, what was being logged is not recorded: "
                            + e.getMessage(),
                    e);
        }
    }

    private SpoolSegment segment() throws IOException {
        if (current != null && current.bytes() >= SEGMENT_BYTES) {
            endSegment();
        }
        if (current == null) {
            current = SpoolSegment.create(folder, next);
            segments.add(current);
            if (sync) {
                try (FileChannel directory = FileChannel.open(folder)) {
                    directory.force(true);
                }
            }
        }
        return current;
    }

    private void endSegment() {
        SpoolSegment ended = current;
        current = null;
        if (ended == null) {
            return;
        }
        quietly(ended::close);
        if (ended.delivered()) {
            segments.remove(ended);
            quietly(ended::delete);
        }
    }

    /** Notes that the server has these. Where that cannot be written they are sent again some day, which does no harm. */
    void acknowledge(long sequence, int count) {
        if (closed) {
            return;
        }
        for (Iterator<SpoolSegment> all = segments.iterator(); all.hasNext(); ) {
            SpoolSegment segment = all.next();
            quietly(() -> segment.acknowledge(sequence, count));
            if (segment != current && segment.delivered()) {
                all.remove();
                quietly(segment::delete);
            }
        }
    }

    /** Ends the use; deletes the folder when all in it is delivered. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        endSegment();
        for (SpoolSegment segment : List.copyOf(segments)) {
            if (segment.delivered()) {
                segments.remove(segment);
                quietly(segment::delete);
            } else {
                quietly(segment::close);
            }
        }
        if (segments.isEmpty()) {
            quietly(() -> Files.deleteIfExists(folder.resolve(LOCK)));
            quietly(() -> Files.deleteIfExists(folder));
        }
        quietly(lockChannel::close);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("a file of a spool could not be tidied, which does no harm", e);
        }
    }
}
