package dev.fairlead.seldon.core2;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.seldon.internal.crd.Core2Codec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.PlatformSpi;
import java.util.List;

/** Models over the Kubernetes API. */
final class DefaultSeldonModels extends DefaultCore2Objects<SeldonModel> implements SeldonModels {
    DefaultSeldonModels(PlatformSpi platform, String namespace) {
        super(platform, namespace, Core2Codec.MODEL, SeldonModel::fromTree);
    }

    /** The scheduler of Seldon 2.6 dies, again and again, of a served model that is to have no replicas. */
    @Override
    void refuse(SeldonModel model) {
        if (model.replicas().orElse(1) == 0
                && stored(model)
                        .filter(before -> Trees.number(Trees.at(before, "spec"), "replicas", 1) > 0)
                        .isPresent()) {
            throw new InvalidValueException(
                    model.kind(),
                    List.of(new Problem(
                            "spec.replicas",
                            "must not become 0 for a model that is there, which crashes Seldon's scheduler: delete the model,"
                                    + " and deploy it anew when it is needed",
                            "0")));
        }
    }

    @Override
    public ServerFits explain(SeldonModel model) {
        return new ServerSearch(kube(), model.namespace().orElse(namespace)).explain(model);
    }

    @Override
    public List<ServerFits> explain(List<SeldonModel> models) {
        return new ServerSearch(kube(), namespace).explain(models);
    }

    @Override
    public ServerFits explain(String name) {
        return explain(get(name));
    }
}
