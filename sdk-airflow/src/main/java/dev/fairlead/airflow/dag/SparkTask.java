package dev.fairlead.airflow.dag;

import dev.fairlead.kubernetes.Resources;
import dev.fairlead.spi.ValueBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Is a task that runs a Spark application by the Spark operator of the cluster (Airflow's {@code SparkKubernetesOperator}, which makes a
 * {@code SparkApplication}; the workers need the provider {@code cncf.kubernetes}).
 */
public sealed interface SparkTask extends Task permits SparkTaskValue {
    /** Returns the image of driver and executors. */
    String image();

    /** Returns the version of Spark in the image. */
    String sparkVersion();

    /** Returns the program. */
    Expression mainFile();

    /** Returns the program's language: {@code Python} by default, {@code Java}, {@code Scala} or {@code R}. */
    String language();

    /** Returns the main class of a Java or Scala program. */
    Optional<String> mainClass();

    /** Returns the program's arguments. */
    List<Expression> arguments();

    /** Returns the settings of Spark. */
    Map<String, Expression> sparkConf();

    /** Returns the jars, by their addresses. */
    List<String> jars();

    /** Returns the Python files, by their addresses. */
    List<String> pyFiles();

    /** Returns the files, by their addresses. */
    List<String> files();

    /** Returns the Maven packages. */
    List<String> packages();

    /** Returns what the driver gets. */
    Resources driverResources();

    /** Returns what each executor gets. */
    Resources executorResources();

    /** Returns the number of executors; 1 by default. */
    int executors();

    /** Returns the driver's service account. */
    Optional<String> serviceAccount();

    /** Returns the namespace; empty means {@code default}. */
    Optional<String> namespace();

    /** Returns Airflow's connection to the cluster; empty means {@code kubernetes_default}. */
    Optional<String> connection();

    /** Returns further fields of the application's {@code spec}. */
    Map<String, Object> fields();

    /** Returns how long the driver may take to start; empty means Airflow's 600 s. */
    Optional<Duration> startupTimeout();

    /** Returns whether the application is kept when it has ended; false by default. */
    boolean keepsApplication();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableSparkTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default SparkTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets the image of driver and executors; mandatory. */
        Builder image(String image);

        /** Sets the version of Spark in the image, such as {@code 3.5.6}; mandatory. */
        Builder sparkVersion(String sparkVersion);

        /** Sets the program, such as {@code local:///opt/train.py}; mandatory. */
        default Builder mainFile(String mainFile) {
            return mainFile(new Text(mainFile));
        }

        /** Sets the program, such as {@code local:///opt/train.py}; mandatory. */
        Builder mainFile(Expression mainFile);

        /** Sets the program's language: {@code Python}, {@code Java}, {@code Scala} or {@code R}. */
        Builder language(String language);

        /** Sets the main class of a Java or Scala program. */
        Builder mainClass(String mainClass);

        /** Replaces the arguments. */
        Builder arguments(Iterable<? extends Expression> arguments);

        /** Adds arguments of the program. */
        Builder addArguments(Expression... arguments);

        /** Replaces the settings of Spark. */
        Builder sparkConf(Map<String, ? extends Expression> sparkConf);

        /** Adds a setting, such as {@code spark.sql.shuffle.partitions}. */
        default Builder putSparkConf(String name, String value) {
            return putSparkConf(name, new Text(value));
        }

        /** Adds a setting, such as {@code spark.sql.shuffle.partitions}. */
        Builder putSparkConf(String name, Expression value);

        /** Replaces the jars. */
        Builder jars(Iterable<String> jars);

        /** Adds jars, by their addresses. */
        Builder addJars(String... jars);

        /** Replaces the Python files. */
        Builder pyFiles(Iterable<String> pyFiles);

        /** Adds Python files, by their addresses. */
        Builder addPyFiles(String... pyFiles);

        /** Replaces the files. */
        Builder files(Iterable<String> files);

        /** Adds files, by their addresses. */
        Builder addFiles(String... files);

        /** Replaces the Maven packages. */
        Builder packages(Iterable<String> packages);

        /** Adds Maven packages, such as {@code org.apache.hadoop:hadoop-aws:3.4.1}. */
        Builder addPackages(String... packages);

        /** Sets what the driver gets; its memory in {@code Mi} or {@code Gi}. */
        Builder driverResources(Resources resources);

        /** Sets what each executor gets; its memory in {@code Mi} or {@code Gi}. */
        Builder executorResources(Resources resources);

        /** Sets the number of executors; at least 1. */
        Builder executors(int executors);

        /** Sets the driver's service account, which must be allowed to make pods. */
        Builder serviceAccount(String serviceAccount);

        /** Sets the namespace. */
        Builder namespace(String namespace);

        /** Sets Airflow's connection to the cluster, by its id. */
        Builder connection(String connection);

        /** Replaces the further fields. */
        Builder fields(Map<String, ? extends Object> fields);

        /** Adds a further field of the application's {@code spec}, such as {@code driver}; of an object only what is named replaces what was set. */
        Builder putField(String name, Object value);

        /** Sets how long the driver may take to start. */
        Builder startupTimeout(Duration startupTimeout);

        /** Sets whether the application is kept when it has ended. */
        Builder keepsApplication(boolean keepsApplication);

        /** Sets what the driver gets. */
        default Builder driver(Consumer<Resources.Builder> changes) {
            Resources.Builder resources = Resources.builder();
            changes.accept(resources);
            return driverResources(ValueBuilder.<Resources>partOf(resources));
        }

        /** Sets the number of executors and what each gets. */
        default Builder executors(int count, Consumer<Resources.Builder> changes) {
            Resources.Builder resources = Resources.builder();
            changes.accept(resources);
            return executors(count).executorResources(ValueBuilder.<Resources>partOf(resources));
        }

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        SparkTask build();
    }
}
