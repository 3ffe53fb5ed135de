package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeWebhooksContractTest extends WebhooksContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
