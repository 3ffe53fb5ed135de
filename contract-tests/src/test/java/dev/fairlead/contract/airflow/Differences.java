package dev.fairlead.contract.airflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds what of a wanted object is not in one that was made: the server and Airflow may add, but must not change. */
final class Differences {
    private final List<String> found = new ArrayList<>();

    private Differences() {}

    static List<String> of(Object wanted, Object made) {
        Differences differences = new Differences();
        differences.compare("", wanted, made);
        return differences.found;
    }

    private void compare(String at, Object wanted, Object made) {
        if (wanted instanceof Map<?, ?> map && made instanceof Map<?, ?> other) {
            map.forEach((key, value) -> compare(at + "." + key, value, other.get(key)));
        } else if (wanted instanceof List<?> list && made instanceof List<?> other) {
            for (Object element : list) {
                Object same = element instanceof Map<?, ?> named && named.containsKey("name")
                        ? other.stream()
                                .filter(o -> o instanceof Map<?, ?> m
                                        && named.get("name").equals(m.get("name")))
                                .findFirst()
                                .orElse(null)
                        : null;
                if (same != null) {
                    compare(at + "[" + ((Map<?, ?>) element).get("name") + "]", element, same);
                } else if (!other.contains(element)) {
                    found.add(at + ": " + element + " is not in " + other);
                }
            }
        } else if (!String.valueOf(wanted).equals(String.valueOf(made))) {
            found.add(at + ": wanted " + wanted + " but was " + made);
        }
    }
}
