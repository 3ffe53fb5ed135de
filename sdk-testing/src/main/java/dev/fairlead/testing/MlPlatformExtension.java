package dev.fairlead.testing;

import dev.fairlead.MlPlatform;
import dev.fairlead.testing.airflow.FakeAirflow;
import dev.fairlead.testing.kube.FakeKube;
import dev.fairlead.testing.mlflow.FakeMlflow;
import dev.fairlead.testing.seldon.FakeSeldon;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Resolves the parameters that {@link MlPlatformTest} offers. */
final class MlPlatformExtension implements ParameterResolver {
    private static final Namespace HERE = Namespace.create(MlPlatformExtension.class);
    private static final Map<Class<?>, Function<Running, Object>> PARAMETERS = Map.of(
            MlPlatform.class, running -> running.embedded.platform(),
            EmbeddedPlatform.class, running -> running.embedded,
            VirtualClock.class, running -> running.clock,
            FakeMlflow.class, running -> running.embedded.mlflow(),
            FakeAirflow.class, running -> running.embedded.airflow(),
            FakeKube.class, running -> running.embedded.kubernetes(),
            FakeSeldon.class, running -> running.embedded.seldon());

    MlPlatformExtension() {}

    /** One test's platform; JUnit (5.13 and newer) closes it with the test's store. */
    private static final class Running implements AutoCloseable {
        private final VirtualClock clock = new VirtualClock();
        private final EmbeddedPlatform embedded =
                EmbeddedPlatform.builder().clock(clock).start();

        @Override
        public void close() {
            embedded.close();
        }
    }

    /** A constructor's parameters belong to the test it is made for. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getStore(HERE).getOrComputeIfAbsent("platform", key -> new Running(), Running.class);
        Class<?> type = parameter.getParameter().getType();
        return Objects.requireNonNull(PARAMETERS.get(type), type::getName).apply(running);
    }
}
