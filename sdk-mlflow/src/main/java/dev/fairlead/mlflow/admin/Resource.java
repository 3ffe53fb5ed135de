package dev.fairlead.mlflow.admin;

import dev.fairlead.spi.Problems;

/**
 * Names what a permission is about.
 *
 * @param type the server's word for its kind, such as {@code experiment}
 * @param id its id or name; {@code *} means all of the kind
 */
public record Resource(String type, String id) {
    private static final String ALL = "*";

    /** Checks that both are there. */
    public Resource {
        String kind = type;
        String name = id;
        Problems.check("resource", (Problems.Checked) at -> {
            at.requireText("type", kind);
            at.requireText("id", name);
        });
    }

    /** Names an experiment by its id. */
    public static Resource experiment(String id) {
        return new Resource("experiment", id);
    }

    /** Names a registered model. */
    public static Resource registeredModel(String name) {
        return new Resource("registered_model", name);
    }

    /** Names a prompt; since MLflow 3. */
    public static Resource prompt(String name) {
        return new Resource("prompt", name);
    }

    /** Names all of a kind, such as {@code experiment} or {@code run}; since MLflow 3. */
    public static Resource all(String type) {
        return new Resource(type, ALL);
    }

    @Override
    public String toString() {
        return type + " " + id;
    }
}
