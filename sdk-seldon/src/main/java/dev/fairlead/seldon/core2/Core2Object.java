package dev.fairlead.seldon.core2;

import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.spi.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Is an object of Seldon Core 2: {@code mlops.seldon.io/v1alpha1}. What we do not model is kept at every level, so that an object read and
 * written again loses nothing.
 *
 * <p>Seldon Core 2 has no admission webhook: the cluster stores whatever fits the schema, and the scheduler or the operator refuses it later,
 * if at all. {@code build()} finds it before anything is sent, all problems at once.
 */
public interface Core2Object {
    /** Returns the kind, such as {@code Model}. */
    String kind();

    /** Returns the name. */
    String name();

    /** Returns the namespace; empty means that of the platform. */
    Optional<String> namespace();

    /** Returns the object's labels. */
    Map<String, String> labels();

    /** Returns the object's annotations. */
    Map<String, String> annotations();

    /** Returns what we do not model, as a tree like the object's own: {@code {"spec": {"newField": 1}}}. */
    Map<String, Object> additionalFields();

    /** Returns the object as it is sent; the caller may change the tree. */
    Map<String, Object> toTree();

    /** Returns what is wrong with it; empty for one that {@code build()} made. One read from a cluster may hold anything. */
    default List<Problem> problems() {
        return this instanceof Problems.Checked checked ? Problems.of(checked) : List.of();
    }

    /** Returns what Seldon would accept and ignore. None of it keeps the object from working; each says what to do instead. */
    default List<Problem> warnings() {
        return Core2Warnings.of(this);
    }

    /**
     * Builds what all objects have. Not thread-safe.
     *
     * @param <B> the builder, for chaining
     */
    interface Builder<B> {
        /** Sets the name; mandatory. */
        B name(String name);

        /** Sets the namespace. */
        B namespace(String namespace);

        /** Replaces the object's labels. */
        B labels(Map<String, ? extends String> labels);

        /** Adds a label to the object. */
        B putLabel(String key, String value);

        /** Replaces the object's annotations. */
        B annotations(Map<String, ? extends String> annotations);

        /** Adds an annotation to the object. */
        B putAnnotation(String key, String value);

        /** Replaces what we do not model. */
        B additionalFields(Map<String, ? extends Object> fields);

        /** Adds what we do not model, at the root of the object's tree. */
        B putAdditionalField(String name, Object tree);
    }
}
