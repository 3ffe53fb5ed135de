package dev.fairlead.contract.airflow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that keeps what it is sent: as much of SMTP as clients need that neither log in nor encrypt. */
final class MailSink implements AutoCloseable {
    private final ServerSocket server;
    private final List<Mail> mails = new CopyOnWriteArrayList<>();

    /**
     * A mail.
     *
     * @param from who sent it
     * @param to who gets it
     * @param text its headers and content, as they came
     */
    record Mail(String from, List<String> to, String text) {
        /** Returns the subject as it stands in the header. */
        String subject() {
            return text.lines()
                    .filter(l -> l.startsWith("Subject: "))
                    .findFirst()
                    .map(l -> l.substring("Subject: ".length()))
                    .orElse("");
        }
    }

    private MailSink(ServerSocket server) {
        this.server = server;
    }

    static MailSink start() throws IOException {
        MailSink sink = new MailSink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(sink::accept);
        return sink;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "fairlead-mail-sink");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Returns the mails to somebody so far. */
    List<Mail> to(String address) {
        return mails.stream().filter(m -> m.to().contains(address)).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> talk(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = socket.getOutputStream();
            say(out, "220 sink");
            String from = "";
            List<String> to = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.toUpperCase(java.util.Locale.ROOT);
                if (verb.startsWith("QUIT")) {
                    say(out, "221 bye");
                    return;
                } else if (verb.startsWith("DATA")) {
                    say(out, "354 go on");
                    mails.add(new Mail(from, List.copyOf(to), content(in)));
                    to.clear();
                } else if (verb.startsWith("MAIL FROM:")) {
                    from = address(line);
                } else if (verb.startsWith("RCPT TO:")) {
                    to.add(address(line));
                }
                say(out, "250 ok");
            }
        } catch (IOException e) {
            // the client is gone; what it sent whole is kept
        }
    }

    private static String content(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
        }
        return text.toString();
    }

    private static String address(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
