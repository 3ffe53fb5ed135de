package dev.fairlead.airflow.internal;

import dev.fairlead.Operation;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Look;
import dev.fairlead.spi.Poller.Spec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A run that is followed: a few waiting threads read the server's streams, everybody else is served by the board. */
final class RunOperation implements Operation<DagRun> {
    /** The looks themselves wait. */
    private static final Duration NO_PAUSE = Duration.ofMillis(1);

    private final RunWaits waits;
    private final RunKey run;
    private final List<Consumer<Progress>> listeners = new CopyOnWriteArrayList<>();

    RunOperation(RunWaits waits, RunKey run) {
        this.waits = waits;
        this.run = run;
    }

    @Override
    public String id() {
        return run.toString();
    }

    private RunWatch watch() {
        return new RunWatch(waits.api().get(), run.dagId(), run.runId());
    }

    @Override
    public DagRun await(Duration timeout) {
        RunWatch watch = watch();
        if (waits.mayStream()) {
            try (StreamLook look = new StreamLook(
                    deadline -> watch.look(waits.nobodyElse(), deadline),
                    new RunStates(waits.api().get(), run.dagId(), run.runId()),
                    waits.platform().sleeper())) {
                return await(look, timeout);
            } finally {
                waits.streamed();
            }
        }
        try (BoardLook look = new BoardLook(waits.board(), run, watch)) {
            return await(look, timeout);
        }
    }

    private DagRun await(Look<DagRun> look, Duration timeout) {
        Operation<DagRun> operation = waits.platform()
                .poller()
                .operation(new Spec<>(
                        id(), "airflow dag run " + id(), new Waiting<>(look), NO_PAUSE, NO_PAUSE, this::cancel));
        return operation.onProgress(this::tell).await(timeout);
    }

    private void tell(Progress progress) {
        listeners.forEach(listener -> listener.accept(progress));
    }

    @Override
    public Operation<DagRun> onProgress(Consumer<Progress> listener) {
        listeners.add(listener);
        return this;
    }

    @Override
    public CompletableFuture<DagRun> completion(Duration timeout) {
        Deadline deadline = Deadline.after(waits.platform().clock(), timeout);
        return RunCompletion.of(waits.board(), run, watch(), deadline, this::tell);
    }

    @Override
    public void cancel() {
        waits.api().get().endRun(run.dagId(), run.runId(), DagRunState.FAILED);
    }

    @Override
    public String toString() {
        return "Operation[airflow dag run " + id() + "]";
    }
}
