package dev.fairlead.s3;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.spi.ObjectStore;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Opens S3. Settings: {@code s3.endpoint} ({@code FAIRLEAD_S3_ENDPOINT}), else {@code MLFLOW_S3_ENDPOINT_URL}, {@code AWS_ENDPOINT_URL_S3} or
 * {@code AWS_ENDPOINT_URL}, with which buckets are named in the path; {@code s3.region}, else {@code AWS_REGION} or {@code AWS_DEFAULT_REGION},
 * else {@code us-east-1}; {@code s3.access-key} with {@code s3.secret-key}, else what the AWS SDK finds: variables, profile, web identity,
 * container or machine.
 */
public final class S3Provider implements ObjectStore.Provider {
    /** Clients hold threads and connections: one for each endpoint, for as long as the program runs. */
    private static final ConcurrentHashMap<Settings, S3Client> CLIENTS = new ConcurrentHashMap<>();

    /** Is created by {@link java.util.ServiceLoader}. */
    public S3Provider() {}

    private record Settings(String endpoint, String region, String accessKey, String secretKey) {
        @Override
        public String toString() {
            return "S3[" + endpoint + "]";
        }
    }

    @Override
    public Set<String> schemes() {
        return Set.of("s3");
    }

    @Override
    public ObjectStore open(UnaryOperator<@Nullable String> given) {
        Settings settings = new Settings(
                first(given.apply("endpoint"), "MLFLOW_S3_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
                first(given.apply("region"), "AWS_REGION", "AWS_DEFAULT_REGION"),
                first(given.apply("access-key")),
                first(given.apply("secret-key")));
        if (settings.accessKey().isEmpty() != settings.secretKey().isEmpty()) {
            throw new ConfigurationException("of s3.access-key and s3.secret-key one is set alone; set both or none");
        }
        return new S3Store(CLIENTS.computeIfAbsent(settings, S3Provider::client));
    }

    private static String first(@Nullable String given, String... variables) {
        return Stream.concat(
                        Stream.of(Objects.requireNonNullElse(given, "")),
                        Stream.of(variables).map(name -> Objects.requireNonNullElse(System.getenv(name), "")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static S3Client client(Settings settings) {
        // stores that speak S3's language often do not know its newer checksums, nor bodies sent in chunks with them
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(s -> s.chunkedEncodingEnabled(false))
                .region(Region.of(settings.region().isEmpty() ? "us-east-1" : settings.region()));
        if (!settings.endpoint().isEmpty()) {
            builder.endpointOverride(endpoint(settings.endpoint())).forcePathStyle(true);
        }
        if (!settings.accessKey().isEmpty()) {
            builder.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())));
        }
        return builder.build();
    }

    private static URI endpoint(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new ConfigurationException("the S3 endpoint must be an address such as https://minio:9000, was '" + text
                + "' (s3.endpoint, MLFLOW_S3_ENDPOINT_URL, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL)");
    }
}
