package dev.fairlead.mlflow;

/**
 * Says what happens to parameters and tags that the server does not keep as given. Parameters never change: the server refuses a second value,
 * and the whole batch with it.
 *
 * @param onConflict what happens to a parameter that was logged before with another value
 * @param onTooLong what happens to a value that is longer than the server keeps: 6,000 characters of a parameter, 8,000 of a tag
 */
public record LogPolicy(OnConflict onConflict, OnTooLong onTooLong) {
    /** Is the prefix of the tag that holds the second value of a parameter. */
    public static final String PARAM_TAG = "fairlead.param.";

    /** Refuses both; nothing of the batch is stored then. */
    public static final LogPolicy STRICT = new LogPolicy(OnConflict.FAIL, OnTooLong.FAIL);

    /** Keeps the first value of a parameter; all others of the call are stored. */
    public LogPolicy keepFirst() {
        return new LogPolicy(OnConflict.KEEP_FIRST, onTooLong);
    }

    /** Keeps the first value of a parameter, and stores the new one as the tag {@code fairlead.param.KEY}, which may change again. */
    public LogPolicy newValueAsTag() {
        return new LogPolicy(OnConflict.AS_TAG, onTooLong);
    }

    /** Cuts values that are too long, as the server would; without this they are an error. */
    public LogPolicy cut() {
        return new LogPolicy(onConflict, OnTooLong.CUT);
    }

    /** What happens to a parameter that was logged before with another value. */
    public enum OnConflict {
        /** It is an error, and nothing of its batch is stored. */
        FAIL,
        /** The first value stays. */
        KEEP_FIRST,
        /** The first value stays, and the new one is stored as a tag. */
        AS_TAG
    }

    /** What happens to a value that is longer than the server keeps. */
    public enum OnTooLong {
        /** It is an error, before anything is sent. */
        FAIL,
        /** It is cut. */
        CUT
    }
}
