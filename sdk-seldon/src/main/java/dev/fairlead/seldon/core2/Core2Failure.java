package dev.fairlead.seldon.core2;

/**
 * Says why something will not become ready.
 *
 * @param kind what kind of cause it is
 * @param state Seldon's own word, such as {@code ScheduleFailed}; empty where it has said nothing
 * @param message what is wrong, as far as it can be told in Seldon's own words
 * @param remedy what to do; empty where nothing more can be said
 */
public record Core2Failure(Kind kind, String state, String message, String remedy) {
    /** Says what kind of cause it is. */
    public enum Kind {
        /** No server takes the model. */
        NO_SERVER_FITS,
        /** A server took the model and could not fetch or load it. */
        LOAD,
        /** Seldon refuses the object. */
        REFUSED,
        /** The pods of a server or of an installation do not come up. */
        PODS,
        /** The object was deleted meanwhile. */
        DELETED
    }

    @Override
    public String toString() {
        return remedy.isEmpty() ? message : message + "; " + remedy;
    }
}
