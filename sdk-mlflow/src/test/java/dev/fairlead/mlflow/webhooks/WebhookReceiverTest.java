package dev.fairlead.mlflow.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.mlflow.webhooks.WebhookRejectedException.Check;
import dev.fairlead.support.Proves;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final String NEW_EVENT =
            "{\"entity\":\"planet\",\"action\":\"found\",\"timestamp\":\"2026-05-04T09:59:58+00:00\",\"data\":{\"n\":1,\"gone\":null}}";

    private final WebhookVerifier verifier = WebhookVerifier.builder()
            .addSecret("s3cret")
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();

    private static Map<String, List<String>> headers(String id, String body) {
        String time = Long.toString(NOW.getEpochSecond());
        return Map.of(
                "x-mlflow-delivery-id", List.of(id),
                "X-MLFLOW-TIMESTAMP", List.of(time),
                "X-MLflow-Signature", List.of("v0,x " + sign(id + "." + time + "." + body)));
    }

    private static String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @Proves("mlflow.webhooks.verify")
    void verify_anEventOfALaterServer_isKept() {
        WebhookDelivery delivery = verifier.verify(headers("d1", NEW_EVENT), bytes(NEW_EVENT));

        assertThat(delivery.event()).hasToString("planet.found");
        assertThat(delivery.payload()).isEqualTo(new WebhookPayload.Unknown(Map.of("n", 1)));
        assertThat(delivery.sentAt()).isEqualTo(NOW);
        assertThat(delivery.occurredAt()).isEqualTo(NOW.minusSeconds(2));
    }

    @Test
    void verify_whatIsSignedButNoEvent_isRejectedForItsBody() {
        for (String body : new String[] {"", "[]", "{\"entity\":\"x\"}", "nonsense"}) {
            assertThatThrownBy(() -> verifier.verify(headers("d1", body), bytes(body)))
                    .as(body)
                    .isInstanceOf(WebhookRejectedException.class)
                    .extracting(e -> ((WebhookRejectedException) e).check())
                    .isEqualTo(Check.BODY);
        }
    }

    @Test
    void build_withoutSecret_isRefused() {
        assertThatThrownBy(() -> WebhookVerifier.builder().build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must be at least one");
        assertThatThrownBy(() -> WebhookVerifier.of(" ")).isInstanceOf(InvalidValueException.class);
        assertThat(verifier.toString()).doesNotContain("s3cret");
        assertThat(WebhookSpec.builder()
                        .name("w")
                        .url("https://host/x")
                        .secret("s3cret")
                        .addEvent(WebhookEvent.PROMPT_CREATED)
                        .build()
                        .toString())
                .contains("w")
                .doesNotContain("s3cret");
    }

    @Test
    @Proves("mlflow.webhooks.once")
    void receive_whileTheSameIsBeingHandled_asksToComeAgain() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<String> handled = new ArrayList<>();
        WebhookReceiver receiver = WebhookReceiver.of(verifier, d -> {
            begun.countDown();
            try {
                assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            handled.add(d.id());
        });
        Thread first = new Thread(() -> receiver.receive(headers("d1", NEW_EVENT), bytes(NEW_EVENT)));
        first.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(receiver.receive(headers("d1", NEW_EVENT), bytes(NEW_EVENT)).status())
                .isEqualTo(503);
        go.countDown();
        first.join();
        assertThat(receiver.receive(headers("d1", NEW_EVENT), bytes(NEW_EVENT)).status())
                .isEqualTo(200);
        assertThat(handled).containsExactly("d1");
    }
}
