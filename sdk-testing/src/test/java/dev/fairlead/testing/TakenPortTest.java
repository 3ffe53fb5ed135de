package dev.fairlead.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.support.Proves;
import dev.fairlead.testing.airflow.FakeAirflow;
import dev.fairlead.testing.inference.FakeInferenceServer;
import dev.fairlead.testing.kube.FakeKube;
import dev.fairlead.testing.mlflow.FakeMlflow;
import dev.fairlead.testing.seldon.FakeSeldon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TakenPortTest {
    static Stream<Arguments> fakes() {
        Map<String, IntFunction<AutoCloseable>> fakes = Map.of(
                "MLflow", port -> FakeMlflow.builder().port(port).start(),
                "Airflow", port -> FakeAirflow.builder().port(port).start(),
                "Kubernetes", port -> FakeKube.start(port, "token"),
                "inference", port -> FakeInferenceServer.builder().port(port).start(),
                "Seldon",
                        port -> {
                            try (FakeKube kube = FakeKube.start()) {
                                return FakeSeldon.builder(kube)
                                        .gatewayPort(port)
                                        .start();
                            }
                        });
        return fakes.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @Proves("testing.taken-port")
    @ParameterizedTest(name = "{0}")
    @MethodSource("fakes")
    void start_portTaken_saysWhichAndWhatToDo(String name, IntFunction<AutoCloseable> start) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> start.apply(port))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + port)
                    .hasMessageEndingWith("the port is taken; use port 0 for a free one");
        }
    }
}
