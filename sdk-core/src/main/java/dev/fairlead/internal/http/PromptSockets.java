package dev.fairlead.internal.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Makes sockets that send at once what is flushed, and in large pieces. OkHttp writes 8 KiB at a time and leaves Nagle's algorithm on: the end
 * of a larger body then waits for the other side's delayed acknowledgement, up to 40 ms.
 */
final class PromptSockets extends SocketFactory {
    private static final int PIECE = 64 << 10;

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket() {
            @Override
            public OutputStream getOutputStream() throws IOException {
                return new BufferedOutputStream(super.getOutputStream(), PIECE);
            }
        };
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address);
        return socket;
    }
}
