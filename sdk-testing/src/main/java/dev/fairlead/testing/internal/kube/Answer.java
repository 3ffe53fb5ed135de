package dev.fairlead.testing.internal.kube;

import dev.fairlead.spi.JsonCodec;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to one request: whole, streamed, cut off, or another protocol. */
final class Answer {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int status;

    Answer(Socket socket, InputStream in) throws IOException {
        this.socket = socket;
        this.in = in;
        this.out = new BufferedOutputStream(socket.getOutputStream(), 16 << 10);
    }

    int status() {
        return status;
    }

    void json(int code, Map<String, Object> tree, Map<String, String> more) throws IOException {
        whole(code, "application/json", JsonCodec.camelCase().write(tree), more);
    }

    void text(int code, String text) throws IOException {
        whole(code, "text/plain", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private void whole(int code, String type, byte[] body, Map<String, String> more) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Content-Type", type);
        headers.put("Content-Length", String.valueOf(body.length));
        head(code, headers);
        out.write(body);
        out.flush();
    }

    private void head(int code, Map<String, String> headers) throws IOException {
        status = code;
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(code).append(" -\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Starts a stream of pieces. */
    void begin(String type) throws IOException {
        head(200, Map.of("Content-Type", type, "Transfer-Encoding", "chunked"));
        out.flush();
    }

    /** Sends one piece at once. */
    void piece(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes);
            out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    void end() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Cuts the connection off. */
    void cut() {
        MiniHttp.cut(socket);
    }

    /** Hands the connection over to another protocol. */
    Upgraded upgrade(Map<String, String> headers) throws IOException {
        head(101, headers);
        out.flush();
        return new Upgraded(socket, in, out);
    }

    /** A connection that speaks another protocol now. */
    record Upgraded(Socket socket, InputStream in, OutputStream out) {}
}
