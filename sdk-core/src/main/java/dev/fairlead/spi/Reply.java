package dev.fairlead.spi;

import java.io.Closeable;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/** An answer whose body has not been read yet. Whoever holds it closes it. */
public interface Reply extends Closeable {
    /** Returns the HTTP status. */
    int status();

    /** Returns the first value of a header, by any case of its name. */
    Optional<String> header(String name);

    /** Returns the address that answered. */
    URI uri();

    /** Returns the body; it ends with the idle limit of the platform when no byte comes. */
    InputStream body();

    /** Breaks the answer off; for another thread than the one that reads, which an interrupt does not wake. */
    default void cancel() {
        close();
    }

    /** Gives the connection back. */
    @Override
    void close();
}
