package dev.fairlead.seldon.core2;

import java.util.List;

/** The Models of a namespace. */
public interface SeldonModels extends Core2Workloads<SeldonModel> {
    /**
     * Says of each server whether it could take a model, and why not: replays the scheduler's own filters on the servers of the namespace, with
     * what their StatefulSets say of capabilities, memory and replicas. Changes nothing; the model need not exist.
     *
     * <p>From outside it cannot be seen how much memory the models on a server have left, nor whether a ready pod has told the scheduler of
     * itself. Where the scheduler has judged this very model already, its own words count.
     */
    ServerFits explain(SeldonModel model);

    /** Says the same of several models, looking at the servers once; in the same order. */
    List<ServerFits> explain(List<SeldonModel> models);

    /**
     * Says the same of a model that is there.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none of this name
     */
    ServerFits explain(String name);
}
