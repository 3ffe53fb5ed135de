package dev.fairlead.airflow.dag;

import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.function.Consumer;

/** Is what holds tasks: a DAG, or a group in it. */
public interface TaskContainer {
    /** Returns the tasks that stand here, those in its groups left out. */
    List<Task> tasks();

    /** Returns the groups that stand here. */
    List<TaskGroup> groups();

    /** Returns which task runs after which, as it was said here; what a task uses of others counts without that. */
    List<Edge> edges();

    /**
     * Adds tasks. Not thread-safe.
     *
     * @param <B> the builder, for chaining
     */
    interface Builder<B extends Builder<B>> {
        /** Replaces the tasks. */
        B tasks(Iterable<? extends Task> tasks);

        /** Adds a task. */
        B addTask(Task task);

        /** Adds a pod; its problems are reported with those of the DAG. */
        default B pod(String id, Consumer<PodTask.Builder> task) {
            PodTask.Builder builder = PodTask.builder(id);
            task.accept(builder);
            ((PodTaskBuilder) builder).settle();
            return addTask(ValueBuilder.<PodTask>partOf(builder));
        }

        /** Takes a task over unchecked: the DAG reports its problems with its own. */
        private <T> B drafted(T builder, Consumer<? super T> task) {
            task.accept(builder);
            return addTask(ValueBuilder.<Task>partOf(builder));
        }

        /** Adds a Bash command; its problems are reported with those of the DAG. */
        default B bash(String id, Consumer<BashTask.Builder> task) {
            return drafted(BashTask.builder(id), task);
        }

        /** Adds a Bash command that is run as it is written. */
        default B bash(String id, String command) {
            return bash(id, b -> b.command(command));
        }

        /** Adds Python; its problems are reported with those of the DAG. */
        default B python(String id, Consumer<PythonTask.Builder> task) {
            return drafted(PythonTask.builder(id), task);
        }

        /** Adds a task that does nothing. */
        default B empty(String id) {
            return addTask(ValueBuilder.<EmptyTask>partOf(EmptyTask.builder(id)));
        }

        /** Adds a choice among the tasks after it; its problems are reported with those of the DAG. */
        default B branch(String id, Consumer<BranchTask.Builder> task) {
            return drafted(BranchTask.builder(id), task);
        }

        /** Adds a condition without which nothing after it runs; its problems are reported with those of the DAG. */
        default B shortCircuit(String id, Consumer<ShortCircuitTask.Builder> task) {
            return drafted(ShortCircuitTask.builder(id), task);
        }

        /** Adds a task after which only the newest scheduled run goes on. */
        default B latestOnly(String id) {
            return addTask(ValueBuilder.<LatestOnlyTask>partOf(LatestOnlyTask.builder(id)));
        }

        /** Adds the start of a run of a DAG; its problems are reported with those of the DAG. */
        default B triggerDag(String id, Consumer<TriggerDagTask.Builder> task) {
            return drafted(TriggerDagTask.builder(id), task);
        }

        /** Adds a task that waits; its problems are reported with those of the DAG. */
        default B sensor(String id, Consumer<SensorTask.Builder> task) {
            return drafted(SensorTask.builder(id), task);
        }

        /** Adds a task that waits for something. */
        default B sensor(String id, Until until) {
            return sensor(id, s -> s.until(until));
        }

        /** Adds the call of a web service; its problems are reported with those of the DAG. */
        default B http(String id, Consumer<HttpTask.Builder> task) {
            return drafted(HttpTask.builder(id), task);
        }

        /** Adds SQL; its problems are reported with those of the DAG. */
        default B sql(String id, Consumer<SqlTask.Builder> task) {
            return drafted(SqlTask.builder(id), task);
        }

        /** Adds a notebook; its problems are reported with those of the DAG. */
        default B papermill(String id, Consumer<PapermillTask.Builder> task) {
            return drafted(PapermillTask.builder(id), task);
        }

        /** Adds a Spark application; its problems are reported with those of the DAG. */
        default B spark(String id, Consumer<SparkTask.Builder> task) {
            return drafted(SparkTask.builder(id), task);
        }

        /** Adds a Kubernetes job; its problems are reported with those of the DAG. */
        default B job(String id, Consumer<JobTask.Builder> task) {
            return drafted(JobTask.builder(id), task);
        }

        /** Adds an object of the cluster that is made or deleted; its problems are reported with those of the DAG. */
        default B resource(String id, Consumer<ResourceTask.Builder> task) {
            return drafted(ResourceTask.builder(id), task);
        }

        /** Adds a question to people; its problems are reported with those of the DAG. */
        default B approval(String id, Consumer<ApprovalTask.Builder> task) {
            return drafted(ApprovalTask.builder(id), task);
        }

        /** Adds a task of an operator that has no kind of its own; its problems are reported with those of the DAG. */
        default B operator(String id, Operator operator, Consumer<OperatorTask.Builder> task) {
            return drafted(OperatorTask.builder(id).operator(operator), task);
        }

        /** Replaces the groups. */
        B groups(Iterable<? extends TaskGroup> groups);

        /** Adds a group. */
        B addGroup(TaskGroup group);

        /** Adds a group; its problems are reported with those of the DAG. Its tasks are called by its id and theirs: {@code prepare.extract}. */
        default B group(String id, Consumer<TaskGroup.Builder> group) {
            TaskGroup.Builder builder = TaskGroup.builder(id);
            group.accept(builder);
            return addGroup(ValueBuilder.<TaskGroup>partOf(builder));
        }

        /** Replaces the edges. */
        B edges(Iterable<? extends Edge> edges);

        /** Adds an edge. */
        B addEdge(Edge edge);

        /** Lets a task or group run after another. */
        default B addEdge(String upstream, String downstream) {
            return addEdge(new Edge(upstream, downstream));
        }

        /** Lets a task or group run after another, with what Airflow's graph writes on the edge. */
        default B addEdge(String upstream, String downstream, String label) {
            return addEdge(new Edge(upstream, downstream, label));
        }

        /** Lets each task or group run after the one before it. */
        @SuppressWarnings("unchecked") // every builder is its own B
        default B chain(String... ids) {
            for (int i = 1; i < ids.length; i++) {
                addEdge(ids[i - 1], ids[i]);
            }
            return (B) this;
        }
    }
}
