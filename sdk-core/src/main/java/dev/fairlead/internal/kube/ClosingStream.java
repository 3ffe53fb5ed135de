package dev.fairlead.internal.kube;

import dev.fairlead.spi.Reply;
import java.io.FilterInputStream;

/** The body of an answer, which gives the connection back when it is closed. */
final class ClosingStream extends FilterInputStream {
    private final Reply reply;

    ClosingStream(Reply reply) {
        super(reply.body());
        this.reply = reply;
    }

    @Override
    public void close() {
        reply.close();
    }
}
