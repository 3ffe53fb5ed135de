package dev.fairlead.testing.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A virtual environment that holds exactly the packages of one lock file.
 *
 * @param name the lock it was made from, for example {@code airflow-3.3.2}
 * @param home the folder of the environment
 * @param pythonVersion for example {@code 3.11}
 */
public record PythonEnvironment(String name, Path home, String pythonVersion) {

    /**
     * Returns the path of a program of this environment.
     *
     * @param program for example {@code mlflow}
     * @return the path, whether or not the program exists
     */
    public Path program(String program) {
        return home.resolve("bin").resolve(program);
    }

    /**
     * Returns the search path with which the environment's programs find each other by name.
     *
     * @return the environment's {@code bin}, then this process's own path
     */
    public String searchPath() {
        String own = System.getenv("PATH");
        return home.resolve("bin") + ":" + (own == null ? "/usr/bin:/bin" : own);
    }

    /**
     * Runs this environment's Python to its end.
     *
     * @param deadline how long it may take
     * @param environment variables to set; what belongs to Python, MLflow, Airflow or a cloud is not inherited
     * @param arguments what follows {@code python}
     * @return everything it wrote to standard output and standard error
     * @throws ServerException when it ends with another exit code than 0 (with its output) or not in time
     */
    public String python(Duration deadline, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program("python").toString()));
        command.addAll(List.of(arguments));
        Path folder = Folders.temporary("python");
        try {
            Path log = folder.resolve("output");
            Commands.run("python of " + name, command, environment, folder, log, deadline);
            return Folders.read(log);
        } finally {
            Folders.delete(folder);
        }
    }
}
