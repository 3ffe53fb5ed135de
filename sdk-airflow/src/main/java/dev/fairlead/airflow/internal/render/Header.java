package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Dialect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first lines of our files: who wrote it, for which Airflow, and the checksum of the rest, by which a change by hand is found. The checksum's
 * beginning stands in the DAG itself too, as its mark: the server shows it again once it works by this very file.
 *
 * @param dagId the DAG
 * @param dialect the Airflow it was rendered for
 * @param sha256 the checksum as it stands there
 * @param untouched whether the rest still has this checksum
 */
public record Header(String dagId, String dialect, String sha256, boolean untouched) {
    private static final Pattern LINES = Pattern.compile("\\A# Airflow DAG ([A-Za-z0-9_.-]+), [^\\n]*\\n"
            + "# generated-by: fairlead dialect=([0-9.]+) sha256=([0-9a-f]{64})\\n\\n");
    /** The name of the mark among a DAG's default arguments, where Airflow 3 passes over what no operator knows. */
    public static final String MARK = "fairlead";
    /** What stands in the place of the mark when the checksum is made. */
    static final String NO_MARK = "0".repeat(16);

    /** How many lines it takes, the empty one included. */
    static final int LENGTH = 3;

    /** Writes a header before a body with this checksum. */
    static String write(String dagId, String dialect, String sha256, String body) {
        return "# Airflow DAG " + dagId
                + ", written by a Java program: change it there, a change by hand is found and refused.\n"
                + "# generated-by: fairlead dialect=" + dialect + " sha256=" + sha256 + "\n\n" + body;
    }

    /** Returns the mark of a file with this checksum. */
    public static String mark(String sha256) {
        return sha256.substring(0, NO_MARK.length());
    }

    /** Airflow tells the default arguments of a DAG since 3.1; 2.11 hands one it does not know to mapped Python tasks, which then fail. */
    static boolean isMarked(Dialect dialect) {
        return dialect.atLeast(Dialect.V3_1);
    }

    private static String entry(String mark) {
        return Python.text(MARK) + ": " + Python.text(mark);
    }

    /** Sets the mark in a DAG's call, in which no text of others can look the same, since quotes are escaped there. */
    static String marked(String body, int call, String mark) {
        int at = body.indexOf(entry(NO_MARK), call);
        return body.substring(0, at)
                + entry(mark)
                + body.substring(at + entry(mark).length());
    }

    /** Returns a file as it was rendered, without the empty line by which a place may have changed its size. */
    public static String text(String file) {
        return file.endsWith("\n\n") ? file.substring(0, file.length() - 1) : file;
    }

    /** Reads the header of a file; empty where the file is not ours. */
    public static Optional<Header> read(String file) {
        Matcher matcher = LINES.matcher(file);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String sha256 = matcher.group(3);
        String body = text(file).substring(matcher.end()).replace(entry(mark(sha256)), entry(NO_MARK));
        boolean untouched = checksum(body).equals(sha256);
        return Optional.of(new Header(matcher.group(1), matcher.group(2), sha256, untouched));
    }

    /** Returns the SHA-256 of a text's UTF-8 bytes in hexadecimal. */
    static String checksum(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
