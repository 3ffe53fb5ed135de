package dev.fairlead.testing.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an MLflow server speaks TLS.
 *
 * @param wanted whether at all, and whether clients must show a certificate
 * @param certificate the server's own
 */
record MlflowTls(Wanted wanted, Optional<Certificate> certificate) {
    /** What was asked for. */
    enum Wanted {
        NO,
        SERVER,
        MUTUAL
    }

    static MlflowTls of(Wanted wanted, Path folder) {
        return new MlflowTls(
                wanted,
                wanted == Wanted.NO ? Optional.empty() : Optional.of(Certificate.create(folder.resolve("tls"))));
    }

    String scheme() {
        return certificate.isPresent() ? "https" : "http";
    }

    /** What the server's command says more. */
    List<String> options() {
        return certificate
                .map(c -> {
                    String own = "--ssl-certfile " + c.certificate() + " --ssl-keyfile " + c.key();
                    String clients = " --ssl-cert-reqs 2 --ssl-ca-certs " + c.certificate();
                    return List.of("--uvicorn-opts", wanted == Wanted.MUTUAL ? own + clients : own);
                })
                .orElse(List.of());
    }

    boolean answers(String health) {
        URI uri = URI.create(health);
        return certificate
                .map(c -> Http.ok(uri, c.identifyingAndTrusting()))
                .orElseGet(() -> Http.ok(uri))
                .isPresent();
    }
}
