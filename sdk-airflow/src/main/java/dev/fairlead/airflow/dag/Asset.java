package dev.fairlead.airflow.dag;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Is a piece of data that tasks update and DAGs wait for. Two with the same name and URI are the same. Airflow 2, which calls it a dataset, knows
 * the URI and the extra alone.
 *
 * @param name the name; the URI where none was given
 * @param uri where it is, such as {@code s3://flights/2026}; ASCII, at most 1500 characters, without password
 * @param group what it is shown under; empty leaves it to Airflow
 * @param extra what else is known about it
 * @see <a href="https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/assets.html">Asset definitions</a>
 */
public record Asset(String name, String uri, String group, Map<String, Object> extra)
        implements AssetCondition, AssetOutlet {
    /** Copies the extra. */
    public Asset {
        extra = Map.copyOf(extra);
    }

    /** Names an asset by its URI. */
    public static Asset of(String uri) {
        return new Asset(uri, uri, "", Map.of());
    }

    /** Names an asset. */
    public static Asset of(String name, String uri) {
        return new Asset(name, uri, "", Map.of());
    }

    /** Returns a copy that is shown under a group. */
    public Asset group(String shown) {
        return new Asset(name, uri, shown, extra);
    }

    /** Returns a copy that tells more about it: a text, number, boolean, list or map. */
    public Asset extra(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(extra);
        more.put(key, value);
        return new Asset(name, uri, group, more);
    }
}
