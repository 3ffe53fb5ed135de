package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.Core2Codec;
import dev.fairlead.spi.PlatformSpi;
import java.util.List;

/** Models over the Kubernetes API. */
final class DefaultSeldonModels extends DefaultCore2Objects<SeldonModel> implements SeldonModels {
    DefaultSeldonModels(PlatformSpi platform, String namespace) {
        super(platform, namespace, Core2Codec.MODEL, SeldonModel::fromTree);
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
