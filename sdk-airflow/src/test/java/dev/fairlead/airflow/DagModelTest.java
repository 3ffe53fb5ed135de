package dev.fairlead.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.airflow.dag.Argument;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.TaskGroup;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups, mapped tasks, set-ups and teardowns, and outputs with types. */
class DagModelTest {
    @TempDir
    Path folder;

    private static List<Problem> problems(Consumer<Dag.Builder> change) {
        Dag.Builder dag = Dag.builder("d");
        change.accept(dag);
        InvalidValueException refused = catchThrowableOfType(InvalidValueException.class, dag::build);
        return refused == null ? List.of() : refused.problems();
    }

    private static Problem problem(Consumer<Dag.Builder> change) {
        List<Problem> found = problems(change);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    @Proves("airflow.groups")
    void group_edges_leadFromItsLastToItsFirstTasks() {
        Dag dag = Dag.builder("d")
                .group(
                        "read",
                        g -> g.empty("a").empty("b").empty("c").chain("a", "c").chain("b", "c"))
                .group(
                        "write",
                        g -> g.empty("x")
                                .empty("y")
                                .group("deep", d -> d.empty("z"))
                                .chain("y", "deep"))
                .empty("end")
                .chain("read", "write", "end")
                .build();

        assertThat(dag.taskIds())
                .containsExactly("read.a", "read.b", "read.c", "write.x", "write.y", "write.deep.z", "end");
        assertThat(dag.downstream("read.c")).containsExactly("write.x", "write.y");
        assertThat(dag.downstream("read.a")).containsExactly("read.c");
        assertThat(dag.downstream("write.deep.z")).containsExactly("end");
        assertThat(dag.downstream("write.y")).containsExactly("write.deep.z");
        assertThat(dag.task("write.deep.z")).isPresent();
        assertThat(dag.task("z")).isEmpty();
    }

    @Test
    @Proves("airflow.groups")
    void group_ids_areLookedForFromTheInsideOut() {
        Dag dag = Dag.builder("d")
                .empty("first")
                .empty("a")
                .group(
                        "g",
                        g -> g.empty("a")
                                .bash("b", b -> b.command("echo $A").putEnv("A", TaskOutput.of("a")))
                                .chain("first", "a"))
                .build();

        assertThat(dag.downstream("first")).containsExactly("g.a");
        assertThat(dag.downstream("g.a")).containsExactly("g.b");
        assertThat(dag.downstream("a")).isEmpty();
        assertThat(dag.render(Dialect.V3_3).source()).contains("ti.xcom_pull(task_ids='g.a'");
    }

    @Test
    @Proves("airflow.groups")
    void group_doubleIdsAndCircles_areFoundThroughGroups() {
        TaskGroup flat = TaskGroup.builder("g").prefixesIds(false).empty("a").build();

        assertThat(problem(d -> d.empty("a").addGroup(flat)).toString())
                .startsWith("groups[g].tasks[a].id must be unique in the DAG, built at DagModelTest.java:")
                .endsWith(", was 'a'");
        assertThat(problem(d -> d.empty("g").group("g", g -> g.empty("x"))).place())
                .isEqualTo("groups[g].id");
        assertThat(problem(d -> d.empty("a")
                        .group("g", g -> g.empty("x").empty("y").chain("x", "y"))
                        .chain("a", "g", "a")))
                .hasToString("edges must not go in a circle, was 'a -> g.x -> g.y -> a'");
        assertThat(problem(d -> d.group("g", g -> g.empty("x")).addEdge("g", "g.x")))
                .hasToString("edges[0] must not lead between a group and what is in it, was 'g -> g.x'");
        assertThat(problem(d -> d.group("g", g -> g.empty("x").addEdge("x", "nowhere"))))
                .hasToString("groups[g].edges[0] must end at a task or group of this DAG, was 'nowhere'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a b", "ä", "a/b"})
    @Proves("airflow.groups")
    void group_idThatAirflowRefuses_isRefused(String id) {
        assertThat(problem(d -> d.group(id, g -> g.empty("x"))))
                .hasToString("groups[" + id + "].id must be of ASCII letters, digits, dashes and underscores, was '"
                        + id + "'");
    }

    @Test
    @Proves("airflow.groups")
    void group_tooLongOrEmpty_isRefused() {
        assertThat(problem(d -> d.group("x".repeat(201), g -> g.empty("x"))).rule())
                .isEqualTo("must be at most 200 characters");
        assertThat(problem(d -> d.group("g".repeat(200), g -> g.empty("t".repeat(50))))
                        .rule())
                .isEqualTo("must be at most 250 characters together with those of its groups");
        assertThat(problem(d -> d.group("g", g -> {})).rule()).isEqualTo("must hold a task or group");
    }

    @Test
    @Proves("airflow.mapping")
    void mapping_fields_areThoseThatCanBeMapped() {
        assertThat(problem(d -> d.bash("b", b -> b.command("x").mapping(Mapping.over("comand", List.of("y"))))))
                .hasToString("tasks[b].mapping.comand must be one of command, env, was 'comand'");
        assertThat(problem(d -> d.bash("b", b -> b.command("x").mapping(Mapping.over("command", List.of("y")))))
                        .rule())
                .isEqualTo("must not be set for all instances too");
        assertThat(problem(d -> d.python("p", p -> p.code("pass").mapping(Mapping.over("class", List.of(1)))))
                        .rule())
                .isEqualTo("must be named by an ASCII Python name that is no keyword");
        assertThat(problem(d -> d.python("p", p -> p.code("pass").mapping(Mapping.over("x", List.of()))))
                        .rule())
                .startsWith("must have an element");
        assertThat(problem(d -> d.python(
                        "p", p -> p.code("pass").mapping(Mapping.over("x", TaskOutput.listOf("q", String.class))))))
                .hasToString("tasks[p].output must be of a task of this DAG, was 'q'");
        assertThat(problem(d -> d.bash("b", b -> b.mapping(Mapping.over("env", List.of(Map.of("A", "1"))))))
                        .place())
                .isEqualTo("tasks[b].command");
    }

    @Test
    @Proves("airflow.setup-teardown")
    void teardown_thatAirflowRefuses_isRefused() {
        assertThat(problem(d -> d.empty("a").bash("b", b -> b.command("x").teardownOf("a"))))
                .hasToString("tasks[b].tearsDown must be a set-up task: say setup() there, was 'a'");
        assertThat(problem(d -> d.bash("b", b -> b.command("x").teardownOf("nobody"))))
                .hasToString("tasks[b].tearsDown must be a task of this DAG, was 'nobody'");
        assertThat(problem(d -> d.bash("b", b -> b.command("x").teardownOf().triggerRule(TriggerRule.ALWAYS)))
                        .place())
                .isEqualTo("tasks[b].triggerRule");
        assertThat(problem(d -> d.bash("a", b -> b.command("x").setup())
                        .bash("b", b -> b.command("x").triggerRule(TriggerRule.ALL_DONE))
                        .chain("a", "b")))
                .hasToString("tasks[b].triggerRule must be ALL_SUCCESS right after a set-up task, was ALL_DONE");
    }

    @Test
    @Proves("airflow.typed-outputs")
    void output_ofAnotherType_isNoJava() throws IOException {
        assertThat(compiles("Integer")).isTrue();
        assertThat(compiles("String")).isFalse();
    }

    /** Compiles a DAG in which an argument of this type gets the output of a task that returns a number. */
    private boolean compiles(String type) throws IOException {
        Path file = Files.writeString(folder.resolve("Typed.java"), """
                import dev.fairlead.airflow.dag.*;
                class Typed {
                    static final Argument<%s> ROWS = Argument.of("rows", %1$s.class);
                    Dag dag() {
                        PythonTask count = PythonTask.builder("count").code("return 5").build();
                        return Dag.builder("d").addTask(count)
                            .python("use", p -> p.code("print(rows)").putArgument(ROWS, count.output(Integer.class))).build();
                    }
                }
                """.formatted(type));
        return ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                java.io.OutputStream.nullOutputStream(),
                                java.io.OutputStream.nullOutputStream(),
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                folder.toString(),
                                file.toString())
                == 0;
    }

    @Test
    @Proves("airflow.typed-outputs")
    void output_asArgumentOfPython_isAirflowsReferenceAndNoEdgeIsWrittenTwice() {
        Dag dag = Dag.builder("d")
                .python("count", p -> p.code("return 5"))
                .python(
                        "use",
                        p -> p.code("print(rows)")
                                .putArgument(Argument.of("rows", Integer.class), TaskOutput.of("count", Integer.class)))
                .chain("count", "use")
                .build();

        assertThat(dag.render(Dialect.V3_3).source())
                .contains("op_kwargs={\"rows\": count.output}")
                .doesNotContain(">>");
    }
}
