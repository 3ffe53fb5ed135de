package dev.fairlead.mlflow.webhooks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes deliveries in: checks each with a {@link WebhookVerifier}, hands each on once however often the server repeats it, and says what to
 * answer. Thread-safe; the handler is called by the thread that received.
 *
 * <p>{@code WebhookReceiver receiver = WebhookReceiver.of(WebhookVerifier.of(secret), d -> …)} and then, in any web framework,
 * {@code Answer answer = receiver.receive(headers, body)}.
 */
public final class WebhookReceiver {
    private static final int REMEMBERED = 10_000;

    private final WebhookVerifier verifier;
    private final Consumer<WebhookDelivery> handler;
    private final ReentrantLock lock = new ReentrantLock();
    /** Deliveries by id, and whether their handler is done. */
    private final Map<String, Boolean> seen = new Recent();

    private WebhookReceiver(WebhookVerifier verifier, Consumer<WebhookDelivery> handler) {
        this.verifier = verifier;
        this.handler = handler;
    }

    /**
     * Makes a receiver.
     *
     * @param handler does what an event calls for; the server waits for it (30 seconds by default), so let it be quick
     */
    public static WebhookReceiver of(WebhookVerifier verifier, Consumer<WebhookDelivery> handler) {
        return new WebhookReceiver(verifier, handler);
    }

    /**
     * Is what to answer to the server.
     *
     * @param status the HTTP status
     * @param text the body, plain text without secrets
     */
    public record Answer(int status, String text) {}

    /** Takes a delivery in; see {@link #receive(Function, byte[])}. */
    public Answer receive(Map<String, List<String>> headers, byte[] body) {
        return receive(() -> verifier.verify(headers, body));
    }

    /**
     * Takes a delivery in. What the handler throws is thrown on, and the delivery is handed on again when the server repeats it.
     *
     * @param header gives a header's value by its name, whose letter case must not matter
     * @param body the body, byte for byte
     * @return 200 for a delivery that was handed on, now or before; 503 for one that another thread is
     *     handling; 400 for one that is none, 401 for one of doubtful origin or age
     */
    public Answer receive(Function<String, Optional<String>> header, byte[] body) {
        return receive(() -> verifier.verify(header, body));
    }

    private Answer receive(Supplier<WebhookDelivery> verified) {
        WebhookDelivery delivery;
        try {
            delivery = verified.get();
        } catch (WebhookRejectedException e) {
            boolean doubtful = e.check() == WebhookRejectedException.Check.AGE
                    || e.check() == WebhookRejectedException.Check.SIGNATURE;
            return new Answer(doubtful ? 401 : 400, String.valueOf(e.getMessage()));
        }
        Boolean handled = locked(() -> seen.putIfAbsent(delivery.id(), false));
        if (handled != null) {
            return handled ? new Answer(200, "known already") : new Answer(503, "being handled, come again");
        }
        boolean done = false;
        try {
            handler.accept(delivery);
            done = true;
        } finally {
            boolean well = done;
            Boolean unused = locked(() -> well ? seen.put(delivery.id(), true) : seen.remove(delivery.id()));
        }
        return new Answer(200, "ok");
    }

    private @Nullable Boolean locked(Supplier<@Nullable Boolean> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static final class Recent extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
