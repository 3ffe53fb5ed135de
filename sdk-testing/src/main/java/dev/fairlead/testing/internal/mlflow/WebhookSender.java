package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.spi.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts deliveries as the server does: signed, and up to three times more where the receiver is overloaded or failing.
 *
 * @param url where to
 * @param secret signs them; empty sends them unsigned
 */
record WebhookSender(String url, String secret) {
    private static final Set<Integer> AGAIN = Set.of(429, 500, 502, 503, 504);
    private static final int TIMEOUT_MILLIS = 30_000;

    /** Sends in the background. */
    void start(String event, Map<String, Object> data, Instant now) {
        Thread thread = new Thread(() -> test(event, data, now), "fairlead-fake-mlflow-webhook");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends, and says how that ended. */
    Map<String, Object> test(String event, Map<String, Object> data, Instant now) {
        String[] parts = event.split("\\.", 2);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("entity", parts[0]);
        body.put("action", parts[1]);
        body.put("timestamp", now.toString());
        body.put("data", data);
        String id = UUID.randomUUID().toString();
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        byte[] json = JsonCodec.camelCase().write(body);
        try {
            Answer answer = post(id, timestamp, json);
            for (int i = 0; i < 3 && AGAIN.contains(answer.status); i++) {
                answer = post(id, timestamp, json);
            }
            return Wire.object(
                    "success", answer.status < 400, "response_status", answer.status, "response_body", answer.text);
        } catch (IOException e) {
            return Wire.object("success", false, "error_message", "Failed to test webhook: " + e);
        }
    }

    private record Answer(int status, String text) {}

    private Answer post(String id, String timestamp, byte[] json) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("X-MLflow-Delivery-Id", id);
        connection.setRequestProperty("X-MLflow-Timestamp", timestamp);
        if (!secret.isEmpty()) {
            connection.setRequestProperty("X-MLflow-Signature", signature(id + "." + timestamp + ".", json));
        }
        try (OutputStream out = connection.getOutputStream()) {
            out.write(json);
        }
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private String signature(String head, byte[] json) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(json));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSender[" + url + "]";
    }
}
