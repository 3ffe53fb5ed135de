package dev.fairlead.contract.inference;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.MlServer;
import dev.fairlead.testing.server.RealServers;
import java.net.URI;
import java.nio.file.Path;

@RanOn("mlserver 1.7.1")
class RealInferenceContractIT extends InferenceContract {
    @Override
    Place open() {
        MlServer server = RealServers.mlServer();
        Path tiny = Models.tiny();
        Models.echoInto(server.models());
        server.load("echo");
        server.loadMlflowModel("tiny", tiny);
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
                server.loadMlflowModel("tiny", tiny);
            }
        };
    }
}
