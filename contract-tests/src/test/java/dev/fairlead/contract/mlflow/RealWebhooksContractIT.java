package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.RealServers;

/** On a server of its own, which may deliver to loopback and looks for new webhooks at once. */
@RanOn("mlflow 3.17.2")
class RealWebhooksContractIT extends WebhooksContract {
    @Override
    Place open() {
        RealServers.mlflow(); // skips where it cannot run
        return RealPlace.of(MlflowServer.builder()
                .env("MLFLOW_WEBHOOK_ALLOWED_SCHEMES", "http,https")
                .env("MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS", "true")
                .env("MLFLOW_WEBHOOK_CACHE_TTL", "0")
                .start());
    }
}
