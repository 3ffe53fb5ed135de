package dev.fairlead.internal;

import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives credentials to one scheme, host and port only.
 *
 * @param credentials the source
 * @param origin the address whose scheme, host and port may have them
 */
record OneOrigin(CredentialsProvider credentials, URI origin) implements CredentialsProvider {
    @Override
    public Optional<Credential> resolve(URI target) {
        if (!Objects.equals(target.getScheme(), origin.getScheme())
                || !target.getRawAuthority().equals(origin.getRawAuthority())) {
            throw new ConfigurationException(credentials.describe() + " is for " + origin + " only, not for " + target);
        }
        return credentials.resolve(target);
    }

    @Override
    public void refused(Credential credential) {
        credentials.refused(credential);
    }

    @Override
    public String describe() {
        return credentials.describe();
    }
}
