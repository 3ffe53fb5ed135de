package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.DagImportException;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.error.PermissionException;
import dev.fairlead.spi.Deadline;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the import problem of a DAG's file, and says in Java's terms what it is. */
final class ImportFailures {
    private ImportFailures() {}

    /** Returns the problem of the file of a DAG, if the server has one and lets this user see it. */
    static Optional<ImportProblem> find(ServerApi server, String dagId, @Nullable Deadline deadline) {
        String fileName = RenderedDag.fileName(dagId);
        try {
            return server.importProblems(fileName, deadline).stream()
                    .filter(p -> p.file().equals(fileName) || p.file().endsWith("/" + fileName))
                    .filter(p -> !isGone(p, fileName))
                    .findFirst();
        } catch (PermissionException e) {
            return Optional.empty();
        }
    }

    /** A file taken away while the server was about to read it leaves such a problem for a while. */
    private static boolean isGone(ImportProblem problem, String fileName) {
        String reason = problem.reason();
        return reason.startsWith("FileNotFoundError:") && reason.endsWith("/" + fileName + "'");
    }

    /** Names the task and the line of the program that a problem comes from, where the file is at hand. */
    static DagImportException explain(
            ImportProblem problem, String dagId, String operationId, Optional<RenderedDag> rendered) {
        return explain(
                "airflow cannot import", problem, dagId, operationId, rendered, "mend the DAG and deploy it again");
    }

    /** Says the same of what a Python of this machine found before the delivery. */
    static DagImportException explain(PythonReader.Finding finding, RenderedDag rendered) {
        return explain(
                "Python " + finding.version() + " of this machine cannot read",
                finding.problem(),
                rendered.dag().id(),
                rendered.dag().id() + "@" + rendered.sha256(),
                Optional.of(rendered),
                "mend the DAG; nothing was delivered (if the server's Python takes it, name such a one with airflow.python, or none)");
    }

    private static DagImportException explain(
            String who,
            ImportProblem problem,
            String dagId,
            String operationId,
            Optional<RenderedDag> rendered,
            String remedy) {
        String fileName = RenderedDag.fileName(dagId);
        int line = lastLine(problem.stackTrace(), fileName);
        Optional<Task> task = rendered.filter(r -> line > 0).flatMap(r -> r.taskAt(line));
        Optional<String> origin = task.flatMap(Task::origin);
        StringBuilder message =
                new StringBuilder(who).append(" DAG ").append(dagId).append(": ");
        task.ifPresent(t -> message.append("task '").append(t.id()).append('\''));
        origin.ifPresent(o -> message.append(", built at ").append(o));
        message.append(task.isPresent() ? ", " : "").append(fileName);
        if (line > 0) {
            message.append(" line ").append(line);
        }
        message.append(": ").append(problem.reason()).append("; ").append(remedy);
        return new DagImportException(
                message.toString(),
                operationId,
                dagId,
                line,
                task.map(Task::id).orElse(null),
                origin.orElse(null),
                problem.stackTrace());
    }

    /** Returns the last line of our file that the trace names: the one nearest to the fault. */
    private static int lastLine(String trace, String fileName) {
        Matcher matcher = Pattern.compile("(?:^|[/\"])" + Pattern.quote(fileName) + "\", line (\\d{1,9})")
                .matcher(trace);
        int line = 0;
        while (matcher.find()) {
            line = Integer.parseInt(matcher.group(1));
        }
        return line;
    }
}
