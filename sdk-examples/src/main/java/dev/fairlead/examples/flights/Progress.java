package dev.fairlead.examples.flights;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells how a program of several stages gets on: one line a stage, and on a terminal a bar while it runs. */
public final class Progress {
    private static final int DETAIL_COLUMN = 36;
    private static final int TIME_COLUMN = 96;
    private static final int BAR = 24;
    private static final String BACK_AND_CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final int stages;
    private final boolean live;
    private final LongSupplier nanos;
    private int stage;

    Progress(PrintStream out, int stages, boolean live, LongSupplier nanos) {
        this.out = out;
        this.stages = stages;
        this.live = live;
        this.nanos = nanos;
    }

    /**
     * Writes to standard output; the bar moves only where someone watches.
     *
     * @param stages how many there will be
     */
    public static Progress onStandardOutput(int stages) {
        return new Progress(System.out, stages, watched(terminal(), System.getenv()), System::nanoTime);
    }

    /** Answers whether the output is a terminal that can move its cursor, outside of continuous integration. */
    static boolean watched(boolean terminal, Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "dumb");
        return terminal && !environment.containsKey("CI") && !term.isEmpty() && !term.equals("dumb");
    }

    @SuppressWarnings("SystemConsoleNull") // both are asked: null before Java 22, isTerminal since
    private static boolean terminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    /**
     * Runs one stage and writes its line: number, title, what came of it, seconds.
     *
     * @param <T> what the stage gives
     * @param <X> what it may throw
     * @param title what is done, e.g. "Train the model"
     * @param work does it; a failure gets its line too and is thrown on
     * @return what the work returned
     * @throws X what the work threw
     */
    public <T, X extends Exception> T stage(String title, Work<T, X> work) throws X {
        Stage current = new Stage("[" + ++stage + "/" + stages + "] " + title);
        current.show("...");
        boolean done = false;
        try {
            T result = work.run(current);
            done = true;
            return result;
        } finally {
            current.end(done);
        }
    }

    /**
     * Writes what was made, in aligned columns.
     *
     * @param created one row each
     */
    public void table(List<Created> created) {
        out.println();
        TextTable table = new TextTable("WHAT", "ID", "WHERE");
        created.forEach(row -> table.add(row.what(), row.id(), row.where()));
        table.lines().forEach(out::println);
        out.flush();
    }

    /**
     * Does the work of one stage.
     *
     * @param <T> what the stage gives
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        /**
         * Does the work.
         *
         * @param stage to tell how it gets on
         * @return the result of the stage
         * @throws X when it fails
         */
        T run(Stage stage) throws X;
    }

    /** Is the stage that runs now. */
    public final class Stage {
        private final String head;
        private final long started = nanos.getAsLong();
        private String detail = "";

        private Stage(String head) {
            this.head = head;
        }

        /**
         * Moves the bar; shown on a terminal only.
         *
         * @param done steps so far
         * @param total steps in all
         */
        public void at(int done, int total) {
            int full = total <= 0 ? 0 : Math.max(0, Math.min(BAR, BAR * done / total));
            show("[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + done + "/" + total);
        }

        /**
         * Says what came of the stage; the last word counts.
         *
         * @param format as in {@link String#format}, numbers written the same in every locale
         * @param values for the format
         */
        public void note(String format, Object... values) {
            detail = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
            show(detail);
        }

        private void show(String now) {
            if (live) {
                out.print(BACK_AND_CLEAR + head + " " + now);
                out.flush();
            }
        }

        private void end(boolean done) {
            String result = done ? detail : detail.isEmpty() ? "FAILED" : "FAILED after: " + detail;
            StringBuilder line = new StringBuilder(live ? BACK_AND_CLEAR : "");
            int start = line.length();
            line.append(head).append(' ');
            line.append(".".repeat(Math.max(3, DETAIL_COLUMN - head.length() - 2)))
                    .append(' ')
                    .append(result);
            String time = String.format(Locale.ROOT, "%.1f s", (nanos.getAsLong() - started) / 1e9);
            int gap = TIME_COLUMN - (line.length() - start) - time.length();
            out.println(line.append(" ".repeat(Math.max(3, gap))).append(time));
            out.flush();
        }
    }
}
