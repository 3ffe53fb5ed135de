package dev.fairlead.seldon.core2;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.inference.InferenceClient;
import dev.fairlead.inference.InferenceModel;

/**
 * Serves models with Seldon Core 2 and calls them. Immutable and thread-safe; opens no connection before the first call.
 *
 * <p>Names are in the namespace of the platform; see {@link #inNamespace}.
 */
public interface Core2Client {
    /** Makes a client. */
    static Core2Client create(MlPlatform platform) {
        return new DefaultCore2Client(platform);
    }

    /** Returns the models. */
    SeldonModels models();

    /** Returns the model servers. */
    Core2Workloads<SeldonServer> servers();

    /** Returns what model servers are made of. */
    Core2Objects<ServerConfig> serverConfigs();

    /** Returns the pipelines. */
    Core2Workloads<SeldonPipeline> pipelines();

    /** Returns the experiments. */
    Core2Workloads<SeldonExperiment> experiments();

    /** Returns the installations. */
    Core2Workloads<SeldonRuntime> runtimes();

    /** Returns what installations are made of. */
    Core2Objects<SeldonConfig> configs();

    /** Returns a view whose names are in another namespace. */
    Core2Client inNamespace(String namespace);

    /**
     * Attaches to a deployment again, from any process.
     *
     * @param id what {@link Operation#id()} gave
     * @throws dev.fairlead.error.InvalidValueException if it is no such id
     */
    Operation<Core2Status> operation(String id);

    /**
     * Returns a client that asks Seldon's gateway, the Service {@code seldon-mesh}, for a model, a pipeline or an experiment. The gateway's
     * address is the setting {@code seldon.uri}; the header {@code seldon-model} that it goes by is set on every call.
     *
     * @param target a model's name, or {@code name.pipeline} or {@code name.experiment}
     * @throws dev.fairlead.error.ConfigurationException if the gateway's address is not set
     */
    InferenceClient inference(String target);

    /** Returns one model, asked through the gateway; see {@link #inference}. */
    InferenceModel model(String name);
}
