package dev.fairlead.seldon.internal.kube;

import dev.fairlead.spi.JsonCodec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A short text that stands for a tree, whatever the order of its fields. */
public final class TreeDigest {
    private static final int DIGITS = 20;

    private TreeDigest() {}

    /** Returns the digest of a tree: 20 hexadecimal digits. */
    public static String of(Object tree) {
        return KubeNames.digest("SHA-256", JsonCodec.camelCase().text(sorted(tree)))
                .substring(0, DIGITS);
    }

    private static Object sorted(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, value) -> sorted.put(String.valueOf(key), sorted(value)));
            return sorted;
        }
        return tree instanceof List<?> list
                ? list.stream().map(TreeDigest::sorted).toList()
                : tree;
    }
}
