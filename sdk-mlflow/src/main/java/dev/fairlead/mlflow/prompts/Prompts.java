package dev.fairlead.mlflow.prompts;

import dev.fairlead.PagedIterable;
import dev.fairlead.mlflow.Filter;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Registers, finds and points at prompts. MLflow keeps a prompt as a registered model with tags of its own; what is written here is read by
 * MLflow's Python client and web interface, and the reverse. Immutable and thread-safe.
 *
 * <p>{@code mlflow.prompts().load("support@production").text(Map.of("name", "Ada"))}
 */
public interface Prompts {
    /** Registers a version of a text prompt; see {@link #register(String, Consumer)}. */
    default PromptVersion register(String name, String template) {
        return register(name, spec -> spec.text(template));
    }

    /**
     * Registers a version of a prompt, and the prompt itself where there is none. A lost answer never makes a second version. With
     * {@link PromptSpec.Builder#key} a version that was registered before under this key is returned, also in another process.
     *
     * @param name letters, digits, {@code _}, {@code -} and {@code .}
     * @throws dev.fairlead.error.ConflictException if a registered model has this name; models and prompts share their names
     */
    PromptVersion register(String name, Consumer<PromptSpec.Builder> spec);

    /**
     * Reads a prompt, without its versions' texts.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Prompt get(String name);

    /** Reads a prompt, if there is one; a registered model of this name is none. */
    Optional<Prompt> find(String name);

    /** Lists prompts by name. */
    default PagedIterable<Prompt> list() {
        return search(Filter.ALL);
    }

    /** Searches prompts by {@code name} and tags. */
    PagedIterable<Prompt> search(Filter filter);

    /**
     * Reads the version a reference names.
     *
     * @param reference {@code name@alias}, {@code name/version}, or {@code name} for the latest; {@code prompts:/} may stand before it
     * @throws dev.fairlead.error.NotFoundException if there is none, or if it is a model's
     */
    default PromptVersion load(String reference) {
        return load(PromptUri.parse(reference));
    }

    /** Reads the version a reference names; see {@link #load(String)}. */
    PromptVersion load(PromptUri reference);

    /** Reads the version a reference names, if there is one. */
    Optional<PromptVersion> find(PromptUri reference);

    /** Lists the versions of a prompt, newest first. */
    PagedIterable<PromptVersion> versions(String name);

    /** Sets a tag of a prompt. */
    void setTag(String name, String key, String value);

    /** Removes a tag of a prompt; does nothing where there is none. */
    void deleteTag(String name, String key);

    /** Sets a tag of a version. */
    void setVersionTag(String name, String version, String key, String value);

    /** Removes a tag of a version; does nothing where there is none. */
    void deleteVersionTag(String name, String version, String key);

    /** Points an alias at a version; it may have pointed at another before. */
    void setAlias(String name, String alias, String version);

    /** Removes an alias; does nothing where there is none. */
    void deleteAlias(String name, String alias);

    /** Deletes a version. Returns whether it was there. */
    boolean deleteVersion(String name, String version);

    /** Deletes a prompt with all its versions, for good. Returns whether it was there; a model of this name stays. */
    boolean delete(String name);
}
