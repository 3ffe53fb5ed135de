package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.internal.rest.LineReader;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's own stream of a run's states, taken up again where it is cut. Used by one thread. */
final class RunStates implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunStates.class);
    private static final JsonCodec JSON = JsonCodec.snakeCase();
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** The server writes every second; a stream that is silent for so long is held back by something between us. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** How waiting for a change ended. */
    enum Ended {
        /** The state is another one, or the time is over. */
        LOOK,
        /** The stream broke, or could not be opened. */
        CUT,
        /** The stream was open and brought nothing. */
        SILENT,
        /** The server has none. */
        NONE
    }

    private final RunApi server;
    private final String dagId;
    private final String runId;
    private @Nullable Reply reply;
    private @Nullable LineReader lines;
    private boolean heard;

    RunStates(RunApi server, String dagId, String runId) {
        this.server = server;
        this.dagId = dagId;
        this.runId = runId;
    }

    /** Reads until the state is another one than the last, until {@code atMost} has passed, or the stream breaks. */
    Ended awaitOther(String state, Duration atMost, Deadline deadline) {
        Deadline until = deadline.atMost(atMost);
        try {
            if (!open(deadline)) {
                return Ended.NONE;
            }
            while (!until.passed() && !Thread.currentThread().isInterrupted()) {
                String line = lines().next();
                if (line == null) {
                    close();
                    return heard ? Ended.CUT : Ended.SILENT;
                }
                heard = true;
                if (!line.isBlank() && !state.equals(state(line))) {
                    return Ended.LOOK;
                }
            }
            return Ended.LOOK;
        } catch (IOException | InvalidResponseException e) {
            LOG.debug("the stream of {}/{} broke, and is taken up", dagId, runId, e);
            close();
            return heard ? Ended.CUT : Ended.SILENT;
        } catch (MlPlatformException e) {
            LOG.debug("the stream of {}/{} could not be opened", dagId, runId, e);
            close();
            return Ended.CUT; // the next look says what is wrong
        }
    }

    private LineReader lines() {
        return Objects.requireNonNull(lines);
    }

    private boolean open(Deadline deadline) {
        if (reply != null) {
            return true;
        }
        Duration left = deadline.left();
        Duration every = left.compareTo(EVERY) < 0 && !left.isZero() ? left : EVERY;
        Duration silence = left.compareTo(SILENCE) < 0 ? left.plus(EVERY) : SILENCE;
        Optional<Reply> opened = server.states(dagId, runId, every, silence, deadline);
        heard = false;
        if (opened.isPresent()) {
            reply = opened.get();
            lines = new LineReader(opened.get().body());
        }
        return opened.isPresent();
    }

    private static String state(String line) {
        Wire.Waited waited = JSON.read(line.getBytes(StandardCharsets.UTF_8), Wire.Waited.class, "a run's state");
        return waited.state() == null ? "" : waited.state();
    }

    @Override
    public void close() {
        Reply open = reply;
        reply = null;
        lines = null;
        if (open != null) {
            open.cancel(); // what is left unread is of no use
            open.close();
        }
    }
}
