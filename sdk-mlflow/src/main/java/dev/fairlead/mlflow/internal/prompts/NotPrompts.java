package dev.fairlead.mlflow.internal.prompts;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.internal.Api;
import java.util.List;

/** Tells that a name is no prompt's, where the server answered with a model or with nothing. */
final class NotPrompts {
    private NotPrompts() {}

    static NotFoundException noPrompt(Api api, String name) {
        return new NotFoundException(
                new CallDetails(
                        "mlflow",
                        "prompts",
                        "GET",
                        api.baseUri(),
                        0,
                        "",
                        "no version of a prompt '" + name + "' is registered here",
                        List.of(),
                        1,
                        null),
                "register it first; a registered model of this name is no prompt");
    }
}
