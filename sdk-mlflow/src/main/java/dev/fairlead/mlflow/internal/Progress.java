package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.TransferListener;
import dev.fairlead.mlflow.TransferProgress;
import dev.fairlead.spi.Body;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is transferred, and tells the listener. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final long STEP = 1 << 20;

    private final @Nullable TransferListener listener;
    private final int allFiles;
    private final long allBytes;
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong told = new AtomicLong();

    Progress(@Nullable TransferListener listener, int allFiles, long allBytes) {
        this.listener = listener;
        this.allFiles = allFiles;
        this.allBytes = allBytes;
    }

    /** Starts to count a file. */
    Meter file(String path) {
        return new Meter(path);
    }

    private void moved(String path, long count) {
        long now = bytes.addAndGet(count);
        long before = told.get();
        if (now - before >= STEP && told.compareAndSet(before, now)) {
            tell(path);
        }
    }

    private void tell(String path) {
        if (listener == null) {
            return;
        }
        long now = bytes.get();
        try {
            listener.onProgress(new TransferProgress(path, files.get(), allFiles, now, Math.max(now, allBytes)));
        } catch (RuntimeException e) {
            LOG.debug("a TransferListener threw, which is ignored", e);
        }
    }

    /** Counts one file. */
    final class Meter {
        private final String path;

        private Meter(String path) {
            this.path = path;
        }

        /** Counts a piece of the file, from its start whenever it is opened again. */
        Piece piece() {
            return new Piece();
        }

        void done() {
            files.incrementAndGet();
            tell(path);
        }

        /** One piece of the file. */
        final class Piece {
            private final AtomicLong counted = new AtomicLong();

            private Piece() {}

            void restart() {
                moved(path, -counted.getAndSet(0));
            }

            void add(long count) {
                counted.addAndGet(count);
                moved(path, count);
            }

            /** Counts what is read from a source. */
            Body.Source counting(Body.Source source) {
                return () -> {
                    restart();
                    return new Counting(source.open(), this);
                };
            }
        }
    }

    private static final class Counting extends FilterInputStream {
        private final Meter.Piece piece;

        Counting(InputStream in, Meter.Piece piece) {
            super(in);
            this.piece = piece;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            piece.add(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            piece.add(Math.max(count, 0));
            return count;
        }
    }
}
