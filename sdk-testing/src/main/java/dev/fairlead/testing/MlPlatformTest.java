package dev.fairlead.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a JUnit 5 class an embedded platform of its own, on a {@link VirtualClock}, so that waits take no time.
 *
 * <p>A test method or constructor takes what it needs as parameters: {@link dev.fairlead.MlPlatform}, {@link EmbeddedPlatform},
 * {@link VirtualClock}, or one of the servers, {@link dev.fairlead.testing.mlflow.FakeMlflow},
 * {@link dev.fairlead.testing.airflow.FakeAirflow}, {@link dev.fairlead.testing.kube.FakeKube},
 * {@link dev.fairlead.testing.seldon.FakeSeldon}. It is closed after the test.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MlPlatformExtension.class)
public @interface MlPlatformTest {}
