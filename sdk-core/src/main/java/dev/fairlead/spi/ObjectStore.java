package dev.fairlead.spi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes a store of objects with its own keys, where no service stands in between: a bucket, a shared folder. Addresses are
 * whole, such as {@code s3://bucket/a/b.txt}, their paths encoded. Thread-safe.
 *
 * <p>What a store refuses is thrown as one of our exceptions: {@link dev.fairlead.error.NotFoundException},
 * {@link dev.fairlead.error.PermissionException}, {@link dev.fairlead.error.UnavailableException}, or another
 * {@link dev.fairlead.error.ServiceException}; a store that cannot be reached as {@link dev.fairlead.error.TransportException}.
 */
public interface ObjectStore {
    /**
     * Names an object.
     *
     * @param address where it is
     * @param size its size in bytes
     * @param etag changes when the content changes; empty where the store has none
     */
    record Stored(URI address, long size, String etag) {}

    /** Lists all objects below a folder, at any depth; close the stream. */
    Stream<Stored> list(URI folder);

    /** Finds an object. */
    Optional<Stored> find(URI object);

    /**
     * Opens a part of an object; the caller closes the stream.
     *
     * @param offset the first byte
     * @param length how many bytes, or -1 for all to the end
     */
    InputStream open(URI object, long offset, long length);

    /**
     * Writes an object; one that is there is replaced, and a half written one is never seen.
     *
     * @param content is opened anew where something must be sent again
     * @param length its length in bytes
     */
    void put(URI object, Body.Source content, long length) throws IOException;

    /** Deletes an object; does nothing where there is none. */
    void delete(URI object);

    /** Makes stores of a kind; found by {@link ServiceLoader}. */
    interface Provider {
        /** Returns the schemes of the addresses it takes, in lower case. */
        Set<String> schemes();

        /**
         * Opens the store; opens no connection.
         *
         * @param settings returns a setting of this kind of store by its key, such as {@code endpoint}, or {@code null}
         */
        ObjectStore open(UnaryOperator<@Nullable String> settings);
    }

    /** Opens the store of a scheme, if a module on the class path knows it; its settings are those of the service {@code s3} and so on. */
    static Optional<ObjectStore> of(String scheme, PlatformSpi platform) {
        UnaryOperator<@Nullable String> settings =
                key -> platform.setting(scheme, key).orElse(null);
        ClassLoader ours = ObjectStore.class.getClassLoader();
        ClassLoader callers = Thread.currentThread().getContextClassLoader();
        for (ClassLoader loader : callers == null ? List.of(ours) : List.of(callers, ours)) {
            Optional<Provider> found = ServiceLoader.load(Provider.class, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(p -> p.schemes().contains(scheme))
                    .findFirst();
            if (found.isPresent()) {
                return found.map(p -> p.open(settings));
            }
        }
        return Optional.empty();
    }
}
