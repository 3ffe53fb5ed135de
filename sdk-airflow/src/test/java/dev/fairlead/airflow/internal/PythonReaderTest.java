package dev.fairlead.airflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.RenderedDag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PythonReaderTest {
    @TempDir
    private Path folder;

    private static RenderedDag dag() {
        return Dag.builder("flights")
                .python("count", p -> p.code("return 1"))
                .build()
                .render(Dialect.NEWEST);
    }

    private PythonReader saying(String script) throws Exception {
        Path program = folder.resolve("python");
        Files.writeString(program, "#!/bin/sh\ncat > /dev/null\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new PythonReader(program.toString());
    }

    @Test
    void read_findingOfAPython_isAProblemWithItsLine() throws Exception {
        assertThat(saying("echo 3.12.1; echo 9; echo 'SyntaxError: x'").read(dag()))
                .hasValueSatisfying(f -> {
                    assertThat(f.version()).isEqualTo("3.12.1");
                    assertThat(f.problem().stackTrace()).isEqualTo("  File \"flights.py\", line 9\nSyntaxError: x\n");
                });
    }

    @Test
    void read_noFinding_noPython_orTurnedOff_isNothing() throws Exception {
        assertThat(saying("echo 3.12.1").read(dag())).isEmpty();
        assertThat(saying("exit 127").read(dag())).isEmpty();
        assertThat(new PythonReader(folder.resolve("nothing").toString()).read(dag()))
                .isEmpty();
        assertThat(new PythonReader(PythonReader.NONE).read(dag())).isEmpty();
    }

    @Test
    void read_dagWithoutTrustedPython_asksNobody() throws Exception {
        PythonReader reader = saying("echo 3.12.1; echo 1; echo 'SyntaxError: never'");

        assertThat(reader.read(Dag.builder("flights").empty("a").build().render(Dialect.NEWEST)))
                .isEmpty();
    }
}
