package dev.fairlead.mlflow.internal;

import dev.fairlead.config.CallOptions;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.TransportException;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.ServiceSpec;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address in a store that the tracking server signed. It is called without any credential or header of ours, which are the tracking
 * server's alone; the server's proxy and authorities apply.
 *
 * @param uri the address; its query is a secret
 * @param headers what has to be sent with it
 * @param size the size of the file in bytes, or -1
 */
record SignedAddress(URI uri, Map<String, String> headers, long size) {
    private static final ServiceSpec STORE =
            new ServiceSpec("artifact-store", new StoreErrors(), CredentialsProvider.none());
    /** Headers that a server has no business to make us send elsewhere. */
    private static final Set<String> OURS = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "range");

    /** Takes what a server answered. */
    static SignedAddress of(@Nullable String url, @Nullable Map<String, String> headers, @Nullable Long size) {
        URI uri = Decode.uri(url).orElse(URI.create(""));
        String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new InvalidResponseException(
                    "mlflow names an address in its store that is no address of a web server: '" + shown(uri) + "'",
                    null);
        }
        Map<String, String> sent = new LinkedHashMap<>();
        Objects.requireNonNullElse(headers, Map.<String, String>of()).forEach((name, value) -> {
            if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
                sent.put(name, value);
            }
        });
        return new SignedAddress(uri, sent, size == null ? -1 : size);
    }

    private static String shown(URI uri) {
        return uri.toString().replaceAll("//[^/@]*@", "//***@").replaceAll("[?#].*", "");
    }

    /** Starts a call of it. */
    <T> CallSpec.Builder<T> call(String operation, String method, @Nullable Body body, Decoder<T> decoder) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        CallSpec.Builder<T> spec = CallSpec.of(operation, method, uri.getRawPath() + query, body, decoder)
                .repeatable()
                .anonymous();
        headers.forEach(spec::header);
        return spec;
    }

    /** Returns the line to its host. */
    HttpCalls calls(PlatformSpi platform) {
        return platform.httpBeside("mlflow", STORE, URI.create(uri.getScheme() + "://" + uri.getRawAuthority()));
    }

    /** Returns whether its host can be reached from here; a store is often open to the server only. */
    boolean reachable(Api api) {
        String host = "store " + uri.getRawAuthority();
        if (!api.offers().mayTry(host)) {
            return false;
        }
        try {
            var unused = calls(api.platform())
                    .with(CallOptions.NONE.retry(policy -> RetryPolicy.NONE))
                    .call(CallSpec.get("artifacts/reach", "/", Decoder.nothing())
                            .anonymous()
                            .build());
            return true;
        } catch (ServiceException e) {
            return e.details().status() != 0; // whatever it said, it is there
        } catch (TransportException e) {
            api.offers().refused(host);
            return false;
        }
    }

    @Override
    public String toString() {
        return shown(uri);
    }
}
