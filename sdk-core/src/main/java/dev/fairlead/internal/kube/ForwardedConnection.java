package dev.fairlead.internal.kube;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries bytes between one local connection and one WebSocket. Each message starts with its channel, 0 for data and 1 for errors; the
 * first message of each channel names the port and is passed over.
 */
final class ForwardedConnection implements WebSocket.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardedConnection.class);
    private static final int DATA = 0;
    private static final int PIECE = 16 << 10;

    private final Socket socket;
    private final Consumer<ForwardedConnection> ended;
    private final boolean[] named = new boolean[2];
    private int channel = -1;
    private boolean skipping;
    private volatile @Nullable WebSocket remote;

    ForwardedConnection(Socket socket, Consumer<ForwardedConnection> ended) {
        this.socket = socket;
        this.ended = ended;
    }

    void start(Supplier<WebSocket> dial) {
        Thread thread = new Thread(() -> pump(dial), "fairlead-forward-" + socket.getPort());
        thread.setDaemon(true);
        thread.start();
    }

    private void pump(Supplier<WebSocket> dial) {
        try {
            WebSocket open = dial.get();
            remote = open;
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[PIECE];
            for (int n = in.read(buffer, 1, PIECE - 1); n >= 0; n = in.read(buffer, 1, PIECE - 1)) {
                buffer[0] = DATA;
                open.sendBinary(ByteBuffer.wrap(buffer, 0, n + 1), true).join();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("a forwarded connection ended", e instanceof CompletionException c ? c.getCause() : e);
        } finally {
            close();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        if (channel < 0 && data.hasRemaining()) {
            channel = data.get();
            skipping = channel > 1 || !named[channel];
            if (skipping && channel <= 1) {
                named[channel] = true;
            }
        }
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        boolean carried = skipping || carry(bytes);
        if (last) {
            channel = -1;
        }
        if (carried) {
            from.request(1);
        }
        return null;
    }

    private boolean carry(byte[] bytes) {
        try {
            if (channel == DATA) {
                socket.getOutputStream().write(bytes);
                return true;
            }
            LOG.debug("the pod's side of a forwarded port says: {}", new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("a forwarded connection was closed on our side", e);
        }
        close();
        return false;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        close();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        LOG.debug("a forwarded connection broke", error);
        close();
    }

    void close() {
        WebSocket open = remote;
        if (open != null) {
            open.abort();
        }
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a local connection failed, which changes nothing", e);
        }
        ended.accept(this);
    }
}
