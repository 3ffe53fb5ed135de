package dev.fairlead.mlflow.internal;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.DatasetSummary;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.ExperimentSpec;
import dev.fairlead.mlflow.Experiments;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.LifecycleStage;
import dev.fairlead.mlflow.internal.wire.ExperimentWire;
import dev.fairlead.mlflow.internal.wire.InputWire;
import dev.fairlead.mlflow.internal.wire.KeyValue;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Pages;
import dev.fairlead.spi.Problems;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Experiments on the server. */
final class DefaultExperiments implements Experiments {
    private static final int PAGE = 1000;
    private static final String DEFAULT_ID = "0";

    private static final int MAX_EXPERIMENTS = 20;

    private final Api api;

    DefaultExperiments(Api api) {
        this.api = api;
    }

    @Override
    public Experiment get(String id) {
        return Decode.experiment(
                api.get("experiments/get", ExperimentWire.Single.class, q -> q.query("experiment_id", id))
                        .experiment());
    }

    @Override
    public Optional<Experiment> find(String name) {
        return any(name, api.calls().deadline()).filter(DefaultExperiments::active);
    }

    /** Finds an experiment by its name, a deleted one too. */
    private Optional<Experiment> any(String name, Deadline deadline) {
        try {
            return Optional.of(Decode.experiment(api.get(
                            "experiments/get-by-name",
                            ExperimentWire.Single.class,
                            q -> q.query("experiment_name", name),
                            deadline)
                    .experiment()));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private static boolean active(Experiment experiment) {
        return !experiment.lifecycleStage().equals(LifecycleStage.DELETED);
    }

    @Override
    public Experiment ensure(String name, Consumer<ExperimentSpec.Builder> spec) {
        ExperimentSpec wanted = spec(name, spec);
        Optional<Experiment> found = any(name, api.calls().deadline());
        if (found.isPresent()) {
            return inUse(found.get(), wanted);
        }
        try {
            return create(wanted);
        } catch (ConflictException e) {
            // another was faster
            return inUse(any(name, api.calls().deadline()).orElseThrow(() -> e), wanted);
        }
    }

    private Experiment inUse(Experiment found, ExperimentSpec wanted) {
        if (active(found)) {
            return found;
        }
        if (!wanted.restoreIfDeleted()) {
            throw new ConflictException(
                    new CallDetails(
                            "mlflow",
                            "experiments/ensure",
                            "GET",
                            URI.create(api.baseUri() + "/api/2.0/mlflow/experiments/get-by-name"),
                            0,
                            "",
                            "the experiment '" + found.name() + "' (id " + found.id()
                                    + ") is deleted, and its name stays reserved",
                            List.of(),
                            1,
                            null),
                    "restore it with experiments().restore(\"" + found.id()
                            + "\") or ensure(name, e -> e.restoreIfDeleted(true)), or take another name");
        }
        restore(found.id());
        return get(found.id());
    }

    @Override
    public Experiment create(String name, Consumer<ExperimentSpec.Builder> spec) {
        return create(spec(name, spec));
    }

    private Experiment create(ExperimentSpec spec) {
        // a name is unique: what a lost attempt made is found by it, and was made by us only if it was not there before
        ExperimentWire.Create body = new ExperimentWire.Create(
                spec.name(), spec.artifactLocation().map(URI::toString).orElse(null), KeyValue.list(spec.tags()));
        ExperimentWire.Id made = Lost.named(
                api,
                deadline -> any(spec.name(), deadline).map(e -> new ExperimentWire.Id(e.id())),
                repeat -> api.create("experiments/create", body, ExperimentWire.Id.class, repeat));
        return get(made.experimentId());
    }

    private static ExperimentSpec spec(String name, Consumer<ExperimentSpec.Builder> spec) {
        ExperimentSpec.Builder builder = ExperimentSpec.builder().name(name);
        spec.accept(builder);
        return builder.build();
    }

    @Override
    public Experiment configured() {
        Optional<String> id = api.platform().setting("mlflow", "experiment-id");
        Optional<String> name = api.platform().setting("mlflow", "experiment");
        return id.isEmpty() && name.isPresent() ? ensure(name.get()) : get(id.orElse(DEFAULT_ID));
    }

    @Override
    public PagedIterable<Experiment> search(Filter filter) {
        return search(filter, "ACTIVE_ONLY");
    }

    @Override
    public PagedIterable<Experiment> listDeleted() {
        return search(Filter.ALL, "DELETED_ONLY");
    }

    private PagedIterable<Experiment> search(Filter filter, String view) {
        PagedIterable<Experiment> pages = Pages.of("mlflow experiments/search", token -> {
            ExperimentWire.Page page = api.search(
                    "experiments/search",
                    new ExperimentWire.Search(PAGE, token, filter.text(), null, view),
                    ExperimentWire.Page.class);
            return new Page<>(
                    Decode.list(page.experiments()).stream()
                            .map(Decode::experiment)
                            .toList(),
                    page.nextPageToken());
        });
        return new DistinctPages<>(pages, Experiment::id);
    }

    @Override
    public List<DatasetSummary> datasets(Collection<String> experimentIds) {
        List<String> ids = List.copyOf(experimentIds);
        List<DatasetSummary> all = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += MAX_EXPERIMENTS) {
            List<String> some = ids.subList(from, Math.min(from + MAX_EXPERIMENTS, ids.size()));
            // the server has it for its own web interface only
            InputWire.Summaries page = api.calls()
                    .call(CallSpec.post(
                                    "experiments/search-datasets",
                                    "/ajax-api/2.0/mlflow/experiments/search-datasets",
                                    Body.json(Api.JSON.write(new InputWire.SearchDatasets(some))),
                                    Decoder.json(Api.JSON, InputWire.Summaries.class))
                            .repeatable()
                            .build());
            Decode.list(page.datasetSummaries()).forEach(s -> all.add(Decode.dataset(s)));
        }
        return List.copyOf(all);
    }

    @Override
    public void setTag(String id, String key, String value) {
        Problems.check(
                "tag", (Problems.Checked) at -> Rules.tags(at, "tags", Map.of(key, value), Rules.MAX_EXPERIMENT_TAG));
        api.write("experiments/set-experiment-tag", new ExperimentWire.SetTag(id, key, value));
    }

    @Override
    public void rename(String id, String name) {
        ExperimentSpec named = ExperimentSpec.builder().name(name).build();
        api.write("experiments/update", new ExperimentWire.Update(id, named.name()));
    }

    @Override
    public boolean deleteTag(String id, String key) {
        api.require("deleting tags of experiments", "3.2");
        try {
            api.write("experiments/delete-experiment-tag", new ExperimentWire.DeleteTag(id, key));
            return true;
        } catch (NotFoundException e) {
            get(id); // tells an experiment that is not there from a tag that is not
            return false;
        }
    }

    @Override
    public boolean delete(String id) {
        return change("experiments/delete", id);
    }

    @Override
    public boolean restore(String id) {
        return change("experiments/restore", id);
    }

    /** The server answers 404 where the experiment already is as it should be, and where there is none. */
    private boolean change(String operation, String id) {
        try {
            api.write(operation, new ExperimentWire.Id(id));
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }
}
