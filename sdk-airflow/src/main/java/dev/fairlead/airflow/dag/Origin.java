package dev.fairlead.airflow.dag;

/** Finds the line of the user's program that builds a task. */
final class Origin {
    private static final String HERE = Origin.class.getPackageName() + ".";
    private static final StackWalker WALKER = StackWalker.getInstance();

    private Origin() {}

    /** Returns the first place outside this package, such as {@code Retraining.java:87}. */
    static String here() {
        return WALKER.walk(frames -> frames.filter(f -> !f.getClassName().startsWith(HERE))
                .findFirst()
                .map(f -> f.getFileName() + ":" + f.getLineNumber())
                .orElse("unknown"));
    }
}
