package dev.fairlead.internal.kube;

import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Reply;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns fabric8's pushed body into a stream that is read, with a limit on silence. The next piece is asked for when it is wanted. */
final class KubeReply implements Reply, AsyncBody.Consumer<List<ByteBuffer>> {
    private final URI uri;
    private final Deadline deadline;
    private final Duration silence;
    private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
    private final InputStream body = new Incoming();
    private @Nullable HttpResponse<AsyncBody> response;

    /** A piece of the body, or its end: well ({@code failure} null) or broken. */
    private record Arrived(
            List<ByteBuffer> piece, boolean end, @Nullable Throwable failure) {}

    KubeReply(URI uri, Deadline deadline, Duration silence) {
        this.uri = uri;
        this.deadline = deadline;
        this.silence = silence;
    }

    void begin(HttpResponse<AsyncBody> answer) {
        this.response = answer;
        var unused = answer.body()
                .done()
                .whenComplete((nothing, failure) -> arrived.add(new Arrived(List.of(), true, failure)));
    }

    @Override
    public void consume(List<ByteBuffer> piece, AsyncBody from) {
        arrived.add(new Arrived(piece, false, null));
    }

    private HttpResponse<AsyncBody> response() {
        return Objects.requireNonNull(response, "not answered yet");
    }

    @Override
    public int status() {
        return response().code();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(response().header(name));
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        if (response != null) {
            response.body().cancel();
        }
    }

    private final class Incoming extends InputStream {
        private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            while (buffers.isEmpty()) {
                if (ended) {
                    return -1;
                }
                fill();
            }
            ByteBuffer first = buffers.peekFirst();
            int n = Math.min(length, first.remaining());
            first.get(target, offset, n);
            if (!first.hasRemaining()) {
                buffers.removeFirst();
            }
            return n;
        }

        private void fill() throws IOException {
            Arrived next = arrived.poll();
            if (next == null) {
                response().body().consume();
                next = await();
            }
            if (next.failure() != null) {
                ended = true;
                throw next.failure() instanceof IOException io
                        ? io
                        : new IOException("the stream was closed", next.failure());
            }
            ended = next.end();
            next.piece().stream().filter(ByteBuffer::hasRemaining).forEach(buffers::add);
        }

        private Arrived await() throws IOException {
            Duration left = deadline.left();
            Duration limit = left.compareTo(silence) < 0 ? left : silence;
            try {
                Arrived next = arrived.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    return next;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            throw new SocketTimeoutException(
                    left.compareTo(silence) < 0 ? "the deadline passed" : "no byte for " + silence.toSeconds() + " s");
        }
    }
}
