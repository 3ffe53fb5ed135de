package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.webhooks.Webhook;
import dev.fairlead.mlflow.webhooks.WebhookDelivery;
import dev.fairlead.mlflow.webhooks.WebhookEvent;
import dev.fairlead.mlflow.webhooks.WebhookPayload;
import dev.fairlead.mlflow.webhooks.WebhookReceiver;
import dev.fairlead.mlflow.webhooks.WebhookRejectedException;
import dev.fairlead.mlflow.webhooks.WebhookRejectedException.Check;
import dev.fairlead.mlflow.webhooks.WebhookStatus;
import dev.fairlead.mlflow.webhooks.WebhookTestResult;
import dev.fairlead.mlflow.webhooks.WebhookVerifier;
import dev.fairlead.mlflow.webhooks.Webhooks;
import dev.fairlead.support.Proves;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks, and what a receiver makes of what the server really sends. */
abstract class WebhooksContract extends MlflowContract {
    private static final String SECRET = "a s3cret of ours";

    private Sink sink;

    @BeforeEach
    void listen() {
        sink = new Sink();
    }

    @AfterEach
    void stopListening() {
        sink.close();
    }

    private Webhooks webhooks() {
        return mlflow.webhooks();
    }

    private Webhook hook(WebhookEvent... events) {
        return webhooks()
                .create(w ->
                        w.name(unique("hook")).url(sink.url()).secret(SECRET).events(List.of(events)));
    }

    @Test
    @Proves("mlflow.webhooks")
    void webhook_isMadeReadChangedAndDeleted() {
        String name = unique("hook");
        Webhook made = webhooks()
                .create(w -> w.name(name)
                        .url(sink.url())
                        .description("tells the builds")
                        .secret(SECRET)
                        .addEvent(WebhookEvent.MODEL_VERSION_CREATED)
                        .addEvent(WebhookEvent.of("prompt_tag.set")));

        assertThat(made.events())
                .containsExactlyInAnyOrder(WebhookEvent.MODEL_VERSION_CREATED, WebhookEvent.PROMPT_TAG_SET);
        assertThat(made.status()).isEqualTo(WebhookStatus.ACTIVE);
        assertThat(webhooks().get(made.id())).isEqualTo(made);
        assertThat(webhooks().list().stream().map(Webhook::id)).contains(made.id());

        Webhook changed = webhooks()
                .update(
                        made.id(),
                        c -> c.status(WebhookStatus.DISABLED).description("").addEvent(WebhookEvent.PROMPT_CREATED));
        assertThat(changed.name()).isEqualTo(name);
        assertThat(changed.url()).isEqualTo(sink.url());
        assertThat(changed.description()).isEmpty();
        assertThat(changed.status()).isEqualTo(WebhookStatus.DISABLED);
        assertThat(changed.events()).containsExactly(WebhookEvent.PROMPT_CREATED);

        assertThat(webhooks().delete(made.id())).isTrue();
        assertThat(webhooks().delete(made.id())).isFalse();
        assertThat(webhooks().find(made.id())).isEmpty();
        refusedWith(() -> webhooks().test(made.id()), NotFoundException.class, made.id());
    }

    @Test
    void create_whatTheServerWouldRefuse_isRefusedBefore_andTellsNoSecret() {
        assertThatThrownBy(() ->
                        webhooks().create(w -> w.name("-x-").url("/relative").secret(" ")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("4 problems")
                .hasMessageContaining("letter or digit at both ends")
                .hasMessageContaining("https://host/path")
                .hasMessageContaining("must name at least one");
        assertThat(place.requests("webhooks")).isEmpty();
    }

    @Test
    @Proves("mlflow.webhooks.test")
    void test_sendsASignedExample_andTellsHowItEnded() throws Exception {
        Webhook hook = hook(WebhookEvent.REGISTERED_MODEL_CREATED);

        WebhookTestResult result = webhooks().test(hook.id(), WebhookEvent.PROMPT_VERSION_CREATED);

        assertThat(result).isEqualTo(new WebhookTestResult(true, 200, "taken", ""));
        WebhookDelivery delivery = verify(sink.next());
        assertThat(delivery.event()).isEqualTo(WebhookEvent.PROMPT_VERSION_CREATED);
        assertThat(delivery.payload())
                .isEqualTo(new WebhookPayload.PromptVersionCreated(
                        "example_prompt",
                        "1",
                        "Hello {{name}}!",
                        Map.of("example_key", "example_value"),
                        "An example prompt version"));
        sink.answer(d -> new WebhookReceiver.Answer(404, "gone"));
        assertThat(webhooks().test(hook.id())).isEqualTo(new WebhookTestResult(false, 404, "gone", ""));
        assertThat(webhooks().delete(hook.id())).isTrue();
    }

    private static WebhookDelivery verify(Sink.Delivery delivery) {
        return WebhookVerifier.of(SECRET).verify(delivery.headers(), delivery.body());
    }

    @Test
    @Proves("mlflow.webhooks.receiver")
    void receiver_readsEveryEventTheServerKnows() throws Exception {
        Webhook hook = hook(WebhookEvent.REGISTERED_MODEL_CREATED);
        List<WebhookEvent> events = List.of(
                WebhookEvent.REGISTERED_MODEL_CREATED,
                WebhookEvent.MODEL_VERSION_CREATED,
                WebhookEvent.MODEL_VERSION_TAG_SET,
                WebhookEvent.MODEL_VERSION_TAG_DELETED,
                WebhookEvent.MODEL_VERSION_ALIAS_CREATED,
                WebhookEvent.MODEL_VERSION_ALIAS_DELETED,
                WebhookEvent.PROMPT_CREATED,
                WebhookEvent.PROMPT_VERSION_CREATED,
                WebhookEvent.PROMPT_TAG_SET,
                WebhookEvent.PROMPT_TAG_DELETED,
                WebhookEvent.PROMPT_VERSION_TAG_SET,
                WebhookEvent.PROMPT_VERSION_TAG_DELETED,
                WebhookEvent.PROMPT_ALIAS_CREATED,
                WebhookEvent.PROMPT_ALIAS_DELETED,
                WebhookEvent.BUDGET_POLICY_EXCEEDED);
        for (WebhookEvent event : events) {
            assertThat(webhooks().test(hook.id(), event).success()).isTrue();
            WebhookDelivery delivery = verify(sink.next());
            assertThat(delivery.event()).isEqualTo(event);
            assertThat(delivery.payload()).isNotInstanceOf(WebhookPayload.Unknown.class);
            assertThat(delivery.payload().toString())
                    .containsAnyOf("example", "bp-abc123")
                    .doesNotContain("=,");
            assertThat(delivery.occurredAt())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
        }
        assertThat(webhooks().delete(hook.id())).isTrue();
    }

    @Test
    @Proves("mlflow.webhooks.receiver")
    void registryChange_isToldToItsWebhook() throws Exception {
        Webhook hook = hook(WebhookEvent.REGISTERED_MODEL_CREATED, WebhookEvent.PROMPT_VERSION_CREATED);
        String model = unique("model");
        String prompt = unique("prompt");

        mlflow.models().ensure(model);
        WebhookDelivery first = verify(sink.next());
        mlflow.prompts().register(prompt, p -> p.text("Hi {{x}}").commitMessage("new"));
        WebhookDelivery second = verify(sink.next());

        assertThat(first.payload()).isEqualTo(new WebhookPayload.ModelCreated(model, Map.of(), ""));
        assertThat(second.payload()).isInstanceOfSatisfying(WebhookPayload.PromptVersionCreated.class, p -> {
            assertThat(List.of(p.name(), p.version(), p.template(), p.description()))
                    .containsExactly(prompt, "1", "Hi {{x}}", "new");
        });
        assertThat(webhooks().delete(hook.id())).isTrue();
    }

    @Test
    @Proves("mlflow.webhooks.verify")
    void verify_whatIsForgedOldOrChanged_isRejected_namingTheCheck() throws Exception {
        Webhook hook = hook(WebhookEvent.PROMPT_CREATED);
        assertThat(webhooks().test(hook.id()).success()).isTrue();
        Sink.Delivery real = sink.next();
        Instant sent = verify(real).sentAt();

        WebhookVerifier rotated = WebhookVerifier.builder()
                .addSecret("the next one")
                .addSecret(SECRET)
                .build();
        assertThat(rotated.verify(real.headers(), real.body()).event()).isEqualTo(WebhookEvent.PROMPT_CREATED);
        byte[] changed = real.text().replace("example_prompt", "example_prompT").getBytes("UTF-8");
        rejected(Check.SIGNATURE, () -> WebhookVerifier.of(SECRET).verify(real.headers(), changed));
        rejected(Check.SIGNATURE, () -> WebhookVerifier.of("another").verify(real.headers(), real.body()));
        rejected(Check.AGE, () -> at(sent.plusSeconds(301)).verify(real.headers(), real.body()));
        rejected(Check.AGE, () -> at(sent.minusSeconds(301)).verify(real.headers(), real.body()));
        assertThat(at(sent.plusSeconds(300)).verify(real.headers(), real.body()).sentAt())
                .isEqualTo(sent);
        rejected(Check.HEADERS, () -> WebhookVerifier.of(SECRET).verify(Map.of(), real.body()));

        webhooks().update(hook.id(), c -> c.secret("the next one"));
        assertThat(webhooks().test(hook.id()).success()).isTrue();
        Sink.Delivery later = sink.next();
        assertThat(rotated.verify(later.headers(), later.body()).event()).isEqualTo(WebhookEvent.PROMPT_CREATED);
        rejected(Check.SIGNATURE, () -> verify(later));
        assertThat(webhooks().delete(hook.id())).isTrue();
    }

    private static WebhookVerifier at(Instant now) {
        return WebhookVerifier.builder()
                .addSecret(SECRET)
                .tolerance(Duration.ofSeconds(300))
                .clock(Clock.fixed(now, java.time.ZoneOffset.UTC))
                .build();
    }

    private static void rejected(Check check, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(WebhookRejectedException.class)
                .hasMessageStartingWith("webhook delivery refused: ")
                .hasMessageNotContaining(SECRET)
                .hasMessageNotContaining("v1,")
                .extracting(e -> ((WebhookRejectedException) e).check())
                .isEqualTo(check);
    }

    @Test
    @Proves("mlflow.webhooks.once")
    void receiver_handsOnWhatIsRepeated_onceItWasHandled() throws Exception {
        Webhook hook = hook(WebhookEvent.PROMPT_CREATED);
        List<WebhookDelivery> handled = new ArrayList<>();
        WebhookReceiver receiver = WebhookReceiver.of(WebhookVerifier.of(SECRET), delivery -> {
            handled.add(delivery);
            if (handled.size() == 1) {
                throw new IllegalStateException("not yet");
            }
        });
        sink.answer(d -> {
            try {
                return receiver.receive(d.headers(), d.body());
            } catch (IllegalStateException e) {
                return new WebhookReceiver.Answer(500, "failed");
            }
        });

        WebhookTestResult result = webhooks().test(hook.id());

        assertThat(result.success()).as("the server repeats what failed").isTrue();
        Sink.Delivery delivery = sink.next();
        assertThat(handled)
                .hasSize(2)
                .extracting(WebhookDelivery::id)
                .containsOnly(handled.get(0).id());
        assertThat(receiver.receive(delivery.headers(), delivery.body()))
                .isEqualTo(new WebhookReceiver.Answer(200, "known already"));
        assertThat(handled).hasSize(2);
        assertThat(receiver.receive(Map.of(), delivery.body()).status()).isEqualTo(400);
        assertThat(receiver.receive(delivery.headers(), new byte[0]).status()).isEqualTo(401);
        assertThat(webhooks().delete(hook.id())).isTrue();
    }
}
