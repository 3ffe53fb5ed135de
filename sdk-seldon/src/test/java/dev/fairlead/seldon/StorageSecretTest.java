package dev.fairlead.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.support.Proves;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Proves("seldon.storage-secret")
class StorageSecretTest {
    @Test
    void toTree_minio_isWhatRcloneReads() {
        StorageSecret secret = StorageSecret.s3("models")
                .endpoint(URI.create("http://minio:9000"))
                .keys("a", "b")
                .build();

        assertThat(secret.toTree())
                .isEqualTo(Map.of(
                        "apiVersion", "v1",
                        "kind", "Secret",
                        "metadata", Map.of("name", "models"),
                        "type", "Opaque",
                        "data",
                                Map.of(
                                        "RCLONE_CONFIG_S3_TYPE", "czM=",
                                        "RCLONE_CONFIG_S3_PROVIDER", "TWluaW8=",
                                        "RCLONE_CONFIG_S3_ENV_AUTH", "ZmFsc2U=",
                                        "RCLONE_CONFIG_S3_ENDPOINT", "aHR0cDovL21pbmlvOjkwMDA=",
                                        "RCLONE_CONFIG_S3_ACCESS_KEY_ID", "YQ==",
                                        "RCLONE_CONFIG_S3_SECRET_ACCESS_KEY", "Yg==")));
    }

    @Test
    void toString_andProblems_showNoSecret() {
        assertThat(StorageSecret.gcs("models").serviceAccountKey("hush").build())
                .hasToString("StorageSecret[models gs [type, service_account_credentials]]");
        assertThat(StorageSecret.azure("models")
                        .account("air", "hush")
                        .namespace("ml")
                        .build())
                .hasToString("StorageSecret[ml/models azblob [type, account, key]]");
        assertThatThrownBy(() -> StorageSecret.s3("Models")
                        .putOption("secret_access_key", "hush")
                        .putOption("Region", "hush")
                        .build())
                .hasMessageContaining("name must be a Kubernetes name")
                .hasMessageContaining("options[Region] must be named by lower-case letters, digits and '_'")
                .hasMessageContaining("options must hold both keys, or take the credentials of the pod")
                .hasMessageNotContaining("hush");
        assertThat(StorageSecret.s3("models").credentialsOfPod().build().options())
                .containsEntry("env_auth", "true");
        assertThatThrownBy(() -> StorageSecret.builder("models", "S3").build())
                .hasMessageContaining("scheme must be lower-case letters and digits")
                .hasMessageContaining("options must hold the type of store");
    }
}
