package dev.fairlead.spi;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a part of a content and ends there. Not thread-safe. */
final class PartStream extends FilterInputStream {
    private long left;

    private PartStream(InputStream in, long length) {
        super(in);
        left = length;
    }

    static InputStream open(Body.Source content, long offset, long length) throws IOException {
        InputStream in = content.open();
        try {
            in.skipNBytes(offset);
            return new PartStream(in, length);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        int b = left == 0 ? -1 : super.read();
        left -= b < 0 ? 0 : 1;
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = super.read(bytes, offset, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(Math.min(count, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false; // a mark would not know what is left
    }
}
