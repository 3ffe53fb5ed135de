package dev.fairlead.seldon;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Is a Secret with the credentials of a model store, as Seldon's storage initializer reads it: rclone's own variables. A node names it by
 * {@link GraphNode.Builder#envSecretRefName}. Its values are never shown.
 */
public interface StorageSecret {
    /** Returns the Secret's name. */
    String name();

    /** Returns the namespace; empty means that of the platform. */
    Optional<String> namespace();

    /** Returns the scheme of the model addresses it is for, such as {@code s3}: rclone's name of the store. */
    String scheme();

    /** Returns rclone's options of the store, such as {@code endpoint}; they hold secrets. */
    Map<String, String> options();

    /** Returns the Secret as it is sent, secrets and all; the caller may change the tree. */
    Map<String, Object> toTree();

    /** Starts a store that speaks S3, such as AWS's own or MinIO. */
    static Builder s3(String name) {
        return builder(name, "s3")
                .putOption("type", "s3")
                .putOption("provider", "AWS")
                .putOption("env_auth", "false");
    }

    /** Starts a store of Google. */
    static Builder gcs(String name) {
        return builder(name, "gs").putOption("type", "google cloud storage");
    }

    /** Starts a store of Azure. */
    static Builder azure(String name) {
        return builder(name, "azblob").putOption("type", "azureblob");
    }

    /** Starts any store that rclone knows, under the scheme of its model addresses. */
    static Builder builder(String name, String scheme) {
        return ImmutableStorageSecret.builder().name(name).scheme(scheme);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a Secret. Not thread-safe. */
    interface Builder {
        /** Sets the Secret's name; mandatory. */
        Builder name(String name);

        /** Sets the namespace. */
        Builder namespace(String namespace);

        /** Sets the scheme of the model addresses it is for; mandatory. */
        Builder scheme(String scheme);

        /** Replaces rclone's options of the store. */
        Builder options(Map<String, ? extends String> options);

        /** Adds an option of rclone's, such as {@code region}. */
        Builder putOption(String option, String value);

        /** Sets a store's address, and that it is not AWS's own. */
        default Builder endpoint(URI endpoint) {
            return putOption("provider", "Minio").putOption("endpoint", endpoint.toString());
        }

        /** Sets the keys of a store that speaks S3. */
        default Builder keys(String accessKey, String secretKey) {
            return putOption("access_key_id", accessKey).putOption("secret_access_key", secretKey);
        }

        /** Takes the credentials of the pod's service account instead of keys. */
        default Builder credentialsOfPod() {
            return putOption("env_auth", "true");
        }

        /** Sets the key file of a service account of Google, as JSON. */
        default Builder serviceAccountKey(String json) {
            return putOption("service_account_credentials", json);
        }

        /** Sets the account of Azure and its key. */
        default Builder account(String account, String key) {
            return putOption("account", account).putOption("key", key);
        }

        /** Makes the Secret, or throws {@link dev.fairlead.error.InvalidValueException}. */
        StorageSecret build();
    }
}
