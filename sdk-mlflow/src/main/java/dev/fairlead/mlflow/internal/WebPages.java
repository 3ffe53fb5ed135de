package dev.fairlead.mlflow.internal;

import dev.fairlead.spi.CallSpec;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Makes addresses of MLflow's web interface. */
public final class WebPages {
    private WebPages() {}

    /** Makes the address of a page. */
    public static URI of(URI trackingUri, String... parts) {
        return URI.create(
                Arrays.stream(parts).map(CallSpec::encode).collect(Collectors.joining("/", trackingUri + "/#/", "")));
    }
}
