package dev.fairlead.credentials;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.internal.ClusterCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The plain sources behind {@link CredentialsProvider}'s factory methods. */
final class Sources {
    private Sources() {}

    record Fixed(Credential credential, String describe) implements CredentialsProvider {
        @Override
        public Optional<Credential> resolve(URI target) {
            return Optional.of(credential);
        }
    }

    record None() implements CredentialsProvider {
        @Override
        public Optional<Credential> resolve(URI target) {
            return Optional.empty();
        }

        @Override
        public String describe() {
            return "none, on purpose";
        }
    }

    record FromEnv(String variable, UnaryOperator<@Nullable String> environment) implements CredentialsProvider {
        @Override
        public Optional<Credential> resolve(URI target) {
            String token = environment.apply(variable);
            return token == null || token.isBlank() ? Optional.empty() : Optional.of(Credential.bearer(token.strip()));
        }

        @Override
        public String describe() {
            return "environment variable " + variable;
        }
    }

    static final class TokenFile implements CredentialsProvider {
        private final Path file;
        private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

        TokenFile(Path file) {
            this.file = file;
        }

        private record Kept(FileTime modified, long size, Credential credential) {}

        @Override
        public Optional<Credential> resolve(URI target) {
            try {
                FileTime modified = Files.getLastModifiedTime(file);
                long size = Files.size(file);
                Kept last = kept.get();
                if (last == null || !last.modified().equals(modified) || last.size() != size) {
                    last = new Kept(modified, size, read());
                    kept.set(last);
                }
                return Optional.of(last.credential());
            } catch (IOException e) {
                throw new ConfigurationException(
                        "the token file " + file + " cannot be read: " + e + "; mount it or name another", e);
            }
        }

        private Credential read() throws IOException {
            String token = Files.readString(file).strip();
            if (token.isEmpty()) {
                throw new ConfigurationException("the token file " + file + " is empty; write the token into it");
            }
            return Credential.bearer(token);
        }

        @Override
        public void refused(Credential credential) {
            kept.set(null);
        }

        @Override
        public String describe() {
            return "token file " + file;
        }
    }

    record Chain(List<CredentialsProvider> sources) implements ClusterCredentials {
        Chain {
            sources = List.copyOf(sources);
        }

        @Override
        public CredentialsProvider boundTo(Issuer issuer) {
            return new Chain(sources.stream()
                    .map(s -> s instanceof ClusterCredentials cluster ? cluster.boundTo(issuer) : s)
                    .toList());
        }

        @Override
        public Optional<Credential> resolve(URI target) {
            return sources.stream().flatMap(s -> s.resolve(target).stream()).findFirst();
        }

        @Override
        public void refused(Credential credential) {
            sources.forEach(s -> s.refused(credential));
        }

        @Override
        public String describe() {
            return sources.stream().map(CredentialsProvider::describe).collect(Collectors.joining(", then "));
        }
    }
}
