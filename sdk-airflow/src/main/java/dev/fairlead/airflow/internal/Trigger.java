package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunConflictException;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.InvalidParamException;
import dev.fairlead.airflow.LogicalDateConflictException;
import dev.fairlead.airflow.TriggerRequest;
import dev.fairlead.airflow.internal.rest.Trees;
import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.spi.JsonCodec;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts a run by its key. The server answers a taken run id and a taken logical date alike, so that we look which it was; and it answers an
 * unknown DAG and a broken one alike, so that we look there too.
 *
 * @param server the server
 * @param clock gives run ids their time
 */
record Trigger(ServerApi server, Clock clock) {
    private static final JsonCodec JSON = JsonCodec.snakeCase();
    /** How often a date that the server itself chose, and that was taken, is chosen anew. */
    private static final int DATES = 3;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS").withZone(ZoneOffset.UTC);

    DagRun trigger(String dagId, TriggerRequest request) {
        return start(dagId, request.runId().orElseGet(this::newId), asKept(request), DATES);
    }

    /** Airflow keeps microseconds; a finer date would come back as another one. */
    private static TriggerRequest asKept(TriggerRequest request) {
        return request.logicalDate()
                .map(date -> request.toBuilder()
                        .logicalDate(date.truncatedTo(ChronoUnit.MICROS))
                        .build())
                .orElse(request);
    }

    private DagRun start(String dagId, String runId, TriggerRequest request, int tries) {
        try {
            if (request.unpause()) {
                server.pause(dagId, false);
            }
            return same(server.trigger(dagId, runId, request), request, Optional.empty());
        } catch (ConflictException e) {
            if (tries > 1 && isOwnDate(e, dagId, runId, request)) {
                return start(dagId, runId, request, tries - 1);
            }
            return explain(e, dagId, runId, request);
        } catch (NotFoundException | InvalidRequestException e) {
            throw explain(e, dagId);
        }
    }

    /** Tells whether two runs only got the same date from the server, which gives each the present instant. */
    private boolean isOwnDate(ConflictException e, String dagId, String runId, TriggerRequest request) {
        return server.datesEveryRun()
                && !(e instanceof DagRunConflictException)
                && request.logicalDate().isEmpty()
                && server.findRun(dagId, runId, null).isEmpty();
    }

    private String newId() {
        return "fairlead__" + STAMP.format(clock.instant()) + "_"
                + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    }

    private DagRun explain(ConflictException e, String dagId, String runId, TriggerRequest request) {
        if (e instanceof DagRunConflictException) {
            throw e;
        }
        Optional<DagRun> byId = server.findRun(dagId, runId, null);
        if (byId.isPresent()) {
            return same(byId.get(), request, Optional.of(e.details()));
        }
        Optional<DagRun> byDate = request.logicalDate().flatMap(date -> server.runAt(dagId, date));
        if (byDate.isPresent()) {
            DagRun other = byDate.get();
            throw new LogicalDateConflictException(
                    e.details()
                            .withReason(
                                    e.code(),
                                    "run '" + other.id() + "' already stands for "
                                            + request.logicalDate().orElseThrow()),
                    "take up that run, or leave the logical date out",
                    other);
        }
        throw e;
    }

    /** Returns the run if it is what was asked for. */
    private DagRun same(DagRun run, TriggerRequest request, Optional<CallDetails> details) {
        boolean sameConf = Trees.same(run.conf(), asJson(request.conf()));
        boolean sameDate = run.logicalDate().equals(request.logicalDate())
                || (request.logicalDate().isEmpty() && server.datesEveryRun());
        boolean samePartition =
                request.partitionKey().isEmpty() || run.partitionKey().equals(request.partitionKey());
        if (sameConf && sameDate && samePartition) {
            return run;
        }
        String what = !sameConf ? "configuration" : sameDate ? "partition" : "logical date";
        throw new DagRunConflictException(
                details.orElseGet(() -> plain(run)).withReason("run '" + run.id() + "' exists with another " + what),
                "choose another run id, or take up that run with runs().operation(\"" + run.operationId() + "\")",
                run);
    }

    /** Compares what was sent, not the Java values it was made of. */
    private static Map<String, Object> asJson(Map<String, Object> conf) {
        return JSON.object(JSON.write(conf), "a run's configuration");
    }

    private static CallDetails plain(DagRun run) {
        URI uri = URI.create("/api/v2/dags/" + run.dagId() + "/dagRuns");
        return new CallDetails("airflow", "dagRuns/trigger", "POST", uri, 409, "", "", List.of(), 1, null);
    }

    private static final Pattern PARAM = Pattern.compile("(?s)Invalid input for param (.+?): (.*)");

    /** Names the parameter where one is wrong. The value is not repeated: what the server says of it goes to {@code rule()} alone. */
    private static ServiceException params(ServiceException e) {
        Matcher param = PARAM.matcher(e.details().reason());
        if (!param.find()) {
            return e;
        }
        String name = param.group(1);
        return new InvalidParamException(
                e.details().withReason(e.code(), "the DAG does not allow this value of its param '" + name + "'"),
                "see rule() for what it must be, and the DAG's params",
                name,
                param.group(2).strip().lines().findFirst().orElse(""));
    }

    private MlPlatformException explain(ServiceException e, String dagId) {
        Optional<ImportProblem> problem = ImportFailures.find(server, dagId, null);
        if (problem.isPresent()) {
            return ImportFailures.explain(problem.get(), dagId, "", Optional.empty());
        }
        if (!(e instanceof NotFoundException)) {
            return params(e);
        }
        boolean stale = server.findDag(dagId, null).filter(DagInfo::stale).isPresent();
        return new NotFoundException(
                e.details(),
                stale
                        ? "its file is gone; deploy it again"
                        : "deploy it with dags().deploy(…) and await that, or check the id");
    }
}
