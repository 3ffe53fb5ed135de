package dev.fairlead.mlflow.webhooks;

/**
 * Tells how a test delivery ended.
 *
 * @param success whether the receiver answered below 400
 * @param responseStatus the receiver's HTTP status, or 0 where none came
 * @param responseBody the receiver's answer; empty where none came
 * @param error what kept the server from delivering; empty where nothing did
 */
public record WebhookTestResult(boolean success, int responseStatus, String responseBody, String error) {}
