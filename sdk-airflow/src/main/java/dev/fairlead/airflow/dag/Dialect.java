package dev.fairlead.airflow.dag;

/** Is the Airflow that a DAG is rendered for: import paths and a few words differ between versions. */
public enum Dialect {
    /** Airflow 2.11, the last of its line. */
    V2_11("2.11"),
    /** Airflow 3.0. */
    V3_0("3.0"),
    /** Airflow 3.1. */
    V3_1("3.1"),
    /** Airflow 3.2. */
    V3_2("3.2"),
    /** Airflow 3.3. */
    V3_3("3.3"),
    /** Airflow 3.4, by the rules of 3.3: not proven on a real one yet. */
    V3_4("3.4");

    /** The newest dialect that was proven on a real Airflow. */
    public static final Dialect NEWEST = V3_3;

    private final String version;

    Dialect(String version) {
        this.version = version;
    }

    /** Returns the version, such as {@code 3.3}. */
    public String version() {
        return version;
    }

    /** Tells whether what is rendered for it was proven on a real Airflow. */
    public boolean isProven() {
        return !atLeast(V3_4);
    }

    /** Tells whether this is the dialect given or a newer one. */
    public boolean atLeast(Dialect other) {
        return compareTo(other) >= 0;
    }

    /** Returns the dialect of a server's version, such as {@code 3.1.8}; a newer server than all known ones is spoken to as the newest. */
    public static Dialect of(String serverVersion) {
        Dialect best = V2_11;
        for (Dialect dialect : values()) {
            if (compare(serverVersion, dialect.version) >= 0) {
                best = dialect;
            }
        }
        return best;
    }

    private static int compare(String a, String b) {
        String[] x = a.split("[^0-9]+", 3);
        String[] y = b.split("[^0-9]+", 3);
        for (int i = 0; i < 2; i++) {
            int difference = Integer.compare(part(x, i), part(y, i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int part(String[] parts, int index) {
        String part = index < parts.length ? parts[index] : "";
        return part.isEmpty() || part.length() > 6 ? 0 : Integer.parseInt(part);
    }
}
