package dev.fairlead.airflow.admin;

/**
 * Collects changes that are sent in one call. The server makes those of one kind and one rule together; where the rule is to fail, one that
 * cannot be made keeps the others of its kind and rule from being made. A part may not see what another part of the same call made. Not
 * thread-safe.
 *
 * @param <S> describes a thing
 */
public interface Bulk<S> {
    /** Makes a thing; nothing of this kind is made if one is there already. */
    default Bulk<S> create(S thing) {
        return create(thing, IfExists.FAIL);
    }

    /** Makes a thing. */
    Bulk<S> create(S thing, IfExists then);

    /** Changes a thing; nothing of this kind is changed if one is missing. */
    default Bulk<S> update(S thing) {
        return update(thing, IfMissing.FAIL);
    }

    /** Changes a thing to what the description sets. */
    Bulk<S> update(S thing, IfMissing then);

    /** Deletes a thing by name; nothing of this kind is deleted if one is missing. */
    default Bulk<S> delete(String name) {
        return delete(name, IfMissing.FAIL);
    }

    /** Deletes a thing by name. */
    Bulk<S> delete(String name, IfMissing then);
}
