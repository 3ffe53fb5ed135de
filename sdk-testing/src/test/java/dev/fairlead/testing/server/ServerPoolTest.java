package dev.fairlead.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.support.Proves;
import dev.fairlead.testing.server.RealServers.Kind;
import dev.fairlead.testing.server.ServerPool.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerPoolTest {
    @TempDir
    Path proofs;

    private final AtomicInteger starts = new AtomicInteger();

    @Test
    @Proves("testing.real-policy")
    void get_twice_startsOnceAndWritesOneLine() {
        ServerPool pool = pool(RealMode.AUTO, "");

        assertThat(((Outcome.Running) pool.get(Kind.MLFLOW)).server())
                .isSameAs(((Outcome.Running) pool.get(Kind.MLFLOW)).server());

        assertThat(starts).hasValue(1);
        assertThat(table()).hasSize(2).last().asString().matches("MLflow +9\\.9 +ran +0\\.0 s");
    }

    @Test
    @Proves("testing.real-policy")
    void get_missingUnderAuto_skipsWithTheCommand() {
        ServerPool pool = pool(RealMode.AUTO, "run sdk-testing/kube-assets");

        assertThat(pool.get(Kind.MLFLOW)).isEqualTo(new Outcome.Skipped("run sdk-testing/kube-assets"));

        assertThat(starts).hasValue(0);
        assertThat(table()).last().asString().matches("MLflow +3\\.17\\.2 +skipped +- +run sdk-testing/kube-assets");
        assertThat(pool.whyNot(Kind.MLFLOW)).contains("run sdk-testing/kube-assets");
    }

    @Test
    @Proves("testing.real-policy")
    void get_missingUnderRequired_fails() {
        ServerPool pool = pool(RealMode.REQUIRED, "run sdk-testing/kube-assets");

        assertThatThrownBy(() -> pool.get(Kind.MLFLOW))
                .isInstanceOf(ServerException.class)
                .hasMessage("MLflow is required (FAIRLEAD_REAL=required) and missing: run sdk-testing/kube-assets");

        assertThat(table()).last().asString().contains("failed");
    }

    @Test
    @Proves("testing.real-policy")
    void get_off_startsNothing() {
        ServerPool pool = pool(RealMode.OFF, "");

        assertThat(pool.get(Kind.MLFLOW)).isEqualTo(new Outcome.Skipped("FAIRLEAD_REAL=off"));
        assertThat(pool.whyNot(Kind.AIRFLOW)).contains("FAIRLEAD_REAL=off");
        assertThat(starts).hasValue(0);
    }

    @Test
    @Proves("testing.real-policy")
    void get_startFails_failsForEveryoneWithoutASecondStart() {
        ServerPool pool = pool(RealMode.AUTO, "fail");

        assertThatThrownBy(() -> pool.get(Kind.MLFLOW)).hasMessage("no such database");
        assertThatThrownBy(() -> pool.get(Kind.MLFLOW)).hasMessage("no such database");

        assertThat(starts).hasValue(1);
    }

    @Test
    void mode_unknownWord_namesTheChoices() {
        assertThat(RealMode.of(null)).isEqualTo(RealMode.AUTO);
        assertThat(RealMode.of(" Required ")).isEqualTo(RealMode.REQUIRED);
        assertThatThrownBy(() -> RealMode.of("on"))
                .hasMessage("FAIRLEAD_REAL is 'on': it must be auto, required or off");
    }

    private List<String> table() {
        return ServerLedger.table(List.of(proofs, proofs.resolve("none")))
                .lines()
                .toList();
    }

    private ServerPool pool(RealMode mode, String missing) {
        ServerStarter starter = new ServerStarter() {
            @Override
            public Optional<String> missing(boolean mayInstall) {
                return missing.isEmpty() || missing.equals("fail") ? Optional.empty() : Optional.of(missing);
            }

            @Override
            public LocalServer start() {
                starts.incrementAndGet();
                if (missing.equals("fail")) {
                    throw new ServerException("no such database");
                }
                ServerGroup group = new ServerGroup("Fake", Optional.of(proofs.resolve("fake")));
                return new LocalServer("MLflow", "9.9", LocalServer.local(1), group, System.nanoTime()) {};
            }
        };
        return new ServerPool(mode, new ServerLedger(Optional.of(proofs)), Map.of(Kind.MLFLOW, starter));
    }
}
