package dev.fairlead.kubernetes;

/**
 * Names one entry of a Kubernetes Secret: where a secret is, never the secret itself.
 *
 * @param name the Secret's name, in the namespace of the pod that uses it
 * @param key the entry's key
 */
public record SecretRef(String name, String key) {
    /** Names one entry of a Secret; the names are checked by the value that takes it. */
    public static SecretRef of(String name, String key) {
        return new SecretRef(name, key);
    }

    @Override
    public String toString() {
        return "secret " + name + "/" + key;
    }
}
