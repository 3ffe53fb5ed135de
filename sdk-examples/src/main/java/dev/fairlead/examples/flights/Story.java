package dev.fairlead.examples.flights;

import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.PodTask;
import dev.fairlead.airflow.dag.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the report tells.
 *
 * @param platform where the program ran
 * @param flights all flights
 * @param epochs how training went
 * @param scores the scores on flights not trained on
 * @param agreement how the served model answered
 * @param created what was made
 */
record Story(
        String platform,
        FlightData flights,
        List<FlightModel.Epoch> epochs,
        Evaluation scores,
        FlightModel.Agreement agreement,
        List<Created> created) {

    FlightsReport report(Dag dag, Iterable<TaskInstance> instances) {
        Map<String, String> states = new HashMap<>();
        instances.forEach(task -> states.put(task.taskId(), task.state().toString()));
        List<FlightsReport.Task> tasks = dag.tasks().stream()
                .map(task -> new FlightsReport.Task(
                        task.id(), kind(task), upstream(dag, task), states.getOrDefault(task.id(), "unknown")))
                .toList();
        return new FlightsReport(platform, figures(), epochs, tasks, created);
    }

    private List<FlightsReport.Figure> figures() {
        return List.of(
                new FlightsReport.Figure(
                        "accuracy",
                        words("%.3f", scores.accuracy()),
                        words("%.3f by always guessing", flights.majorityShare())),
                new FlightsReport.Figure("AUC", words("%.3f", scores.auc()), "on flights not trained on"),
                new FlightsReport.Figure(
                        "flights", words("%,d", flights.size()), words("%.0f %% late", 100 * flights.lateShare())),
                new FlightsReport.Figure("served answers", words("%,d", agreement.rows()), "each as trained"));
    }

    private static String words(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String kind(Task task) {
        if (task instanceof PodTask pod) {
            return pod.pod().resources().gpu().isPresent() ? "pod with a GPU" : "pod";
        }
        return "python";
    }

    private static List<String> upstream(Dag dag, Task task) {
        return dag.taskIds().stream()
                .filter(id -> dag.downstream(id).contains(task.id()))
                .toList();
    }
}
