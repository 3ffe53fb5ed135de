package dev.fairlead.contract.inference;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.inference.FakeInferenceServer;
import dev.fairlead.testing.inference.ServedModel;
import java.net.URI;

@RanOn("fake")
class FakeInferenceContractTest extends InferenceContract {
    @Override
    Place open() {
        FakeInferenceServer server = FakeInferenceServer.builder()
                .model("echo", ServedModel.echo())
                .model("tiny", ServedModel.load(Models.tiny()))
                .start();
        return new Place() {
            @Override
            public URI uri() {
                return server.uri();
            }

            @Override
            public void unload(String model) {
                server.unload(model);
            }

            @Override
            public void loadTiny() {
                server.load("tiny", ServedModel.load(Models.tiny()));
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
