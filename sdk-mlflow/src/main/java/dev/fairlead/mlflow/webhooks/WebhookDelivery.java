package dev.fairlead.mlflow.webhooks;

import java.time.Instant;
import java.util.Map;

/**
 * Holds one delivery whose origin and age were checked.
 *
 * @param id the delivery's id; the same one comes again when the server repeats it
 * @param sentAt when it was sent
 * @param event what happened
 * @param occurredAt when it happened
 * @param workspace the workspace it happened in; empty where the server has none
 * @param payload what the event tells
 * @param data the same, as the tree that the server sent
 */
public record WebhookDelivery(
        String id,
        Instant sentAt,
        WebhookEvent event,
        Instant occurredAt,
        String workspace,
        WebhookPayload payload,
        Map<String, Object> data) {}
