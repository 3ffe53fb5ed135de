package dev.fairlead.testing.internal.kube;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forwards a WebSocket of the port-forward protocol to an address in this machine. */
final class PortForwarding {
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Answer.Upgraded client;

    private PortForwarding(Answer.Upgraded client) {
        this.client = client;
    }

    static void run(MiniHttp.Request request, Answer answer, int port, @Nullable InetSocketAddress to)
            throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        headers.put("Sec-WebSocket-Accept", accept(request.header("sec-websocket-key")));
        headers.put("Sec-WebSocket-Protocol", "v4.channel.k8s.io");
        PortForwarding forwarding = new PortForwarding(answer.upgrade(headers));
        byte[] name = {0, (byte) port, (byte) (port >> 8)};
        forwarding.send(BINARY, name, name.length);
        name[0] = 1;
        forwarding.send(BINARY, name, name.length);
        if (to == null) {
            byte[] words = ("\1nothing listens on port " + port + " of this pod").getBytes(StandardCharsets.UTF_8);
            forwarding.send(BINARY, words, words.length);
            return;
        }
        try (Socket target = new Socket()) {
            target.connect(to, 2_000);
            target.setTcpNoDelay(true);
            MiniHttp.thread(() -> forwarding.back(target)).start();
            forwarding.forth(target);
        }
    }

    private static String accept(String key) {
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void back(Socket target) {
        try {
            InputStream in = target.getInputStream();
            byte[] buffer = new byte[16 << 10];
            for (int n = in.read(buffer, 1, buffer.length - 1); n >= 0; n = in.read(buffer, 1, buffer.length - 1)) {
                buffer[0] = 0;
                send(BINARY, buffer, n + 1);
            }
            send(CLOSE, new byte[] {3, (byte) 0xe8}, 2);
        } catch (IOException e) {
            // one side went away; the other is closed below
        } finally {
            MiniHttp.cut(client.socket());
        }
    }

    private void forth(Socket target) throws IOException {
        DataInputStream in = new DataInputStream(client.in());
        OutputStream out = target.getOutputStream();
        boolean start = true;
        while (true) {
            int first = in.readUnsignedByte();
            byte[] payload = payload(in);
            int kind = first & 0x0f;
            if (kind == CLOSE) {
                return;
            }
            if (kind == PING) {
                send(PONG, payload, payload.length);
            } else if (kind <= BINARY) {
                int from = start ? 1 : 0;
                out.write(payload, from, payload.length - from);
                out.flush();
                start = (first & 0x80) != 0;
            }
        }
    }

    private static byte[] payload(DataInputStream in) throws IOException {
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] mask = (second & 0x80) != 0 ? in.readNBytes(4) : new byte[4];
        byte[] payload = in.readNBytes(Math.toIntExact(length));
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    private void send(int kind, byte[] payload, int length) throws IOException {
        byte[] head = length < 126
                ? new byte[] {(byte) (0x80 | kind), (byte) length}
                : new byte[] {(byte) (0x80 | kind), 126, (byte) (length >> 8), (byte) length};
        byte[] frame = Arrays.copyOf(head, head.length + length);
        System.arraycopy(payload, 0, frame, head.length, length);
        synchronized (this) { // one frame at a time; pongs and data come from two threads
            client.out().write(frame);
            client.out().flush();
        }
    }
}
