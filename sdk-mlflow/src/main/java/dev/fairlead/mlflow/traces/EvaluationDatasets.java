package dev.fairlead.mlflow.traces;

import dev.fairlead.PagedIterable;
import dev.fairlead.mlflow.Filter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes and fills datasets for evaluation, from MLflow 3.4 on. Immutable and thread-safe. */
public interface EvaluationDatasets {
    /** Is the tag by which a dataset is found again when the answer to its making was lost. */
    String KEY_TAG = "fairlead_dataset_key";

    /**
     * Makes a dataset. Names are not unique. A lost answer never makes a second one.
     *
     * @param experimentIds the experiments it belongs to; may be empty
     * @param tags its tags; may be empty
     */
    EvaluationDataset create(String name, Collection<String> experimentIds, Map<String, String> tags);

    /**
     * Reads a dataset.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    EvaluationDataset get(String id);

    /** Reads a dataset, if there is one. */
    Optional<EvaluationDataset> find(String id);

    /**
     * Searches datasets, the newest first.
     *
     * @param experimentIds the experiments they belong to; empty for any
     * @param filter made of {@link dev.fairlead.mlflow.DatasetFilter}
     */
    PagedIterable<EvaluationDataset> search(Collection<String> experimentIds, Filter filter);

    /** Returns the ids of the experiments a dataset belongs to. */
    List<String> experimentIds(String id);

    /** Adds a dataset to experiments; needs MLflow 3.7. */
    void addToExperiments(String id, Collection<String> experimentIds);

    /** Takes a dataset out of experiments; needs MLflow 3.7. */
    void removeFromExperiments(String id, Collection<String> experimentIds);

    /** Sets tags, and leaves others. */
    void setTags(String id, Map<String, String> tags);

    /** Removes a tag; does nothing where there is none. */
    void deleteTag(String id, String key);

    /** Stores records; one whose inputs are there already is merged with it, so that repeating this does no harm. */
    Stored put(String id, Collection<EvaluationRecord> records);

    /** Reads all records. */
    PagedIterable<EvaluationRecord> records(String id);

    /** Deletes records. Returns how many were there; needs MLflow 3.10. */
    int deleteRecords(String id, Collection<String> recordIds);

    /** Deletes a dataset with its records; does nothing where there is none. */
    void delete(String id);

    /**
     * Tells what became of records.
     *
     * @param inserted how many are new
     * @param updated how many were merged with one there
     */
    record Stored(int inserted, int updated) {}
}
