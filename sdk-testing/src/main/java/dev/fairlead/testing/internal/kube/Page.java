package dev.fairlead.testing.internal.kube;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Pages of listings, with continue tokens that end when the changes they stand on are forgotten. */
final class Page {
    private Page() {}

    static Map<String, Object> of(
            KindInfo kind, List<Map<String, Object>> all, long revision, Query query, long forgotten) {
        long seen = revision;
        int from = 0;
        if (!query.get("continue").isEmpty()) {
            String[] token = token(query.get("continue"));
            seen = Long.parseLong(token[0]);
            if (seen < forgotten) {
                throw Refusal.gone(
                        "The provided continue parameter is too old to display a consistent list result. You can start a "
                                + "new list without the continue parameter, or use the continue token in this response to retrieve the "
                                + "remainder of the results. Continuing with the provided token results in an inconsistent list - objects "
                                + "that were created, modified, or deleted between the time the first chunk was returned and now may show "
                                + "up in the list.");
            }
            while (from < all.size() && key(all.get(from)).compareTo(token[1]) <= 0) {
                from++;
            }
        }
        int limit = query.get("limit").isEmpty() ? 0 : Integer.parseInt(query.get("limit"));
        int to = limit <= 0 ? all.size() : Math.min(all.size(), from + limit);
        Map<String, Object> metadata = Tree.of("resourceVersion", String.valueOf(seen));
        if (to < all.size()) {
            metadata.put("continue", token(seen, key(all.get(to - 1))));
            metadata.put("remainingItemCount", all.size() - to);
        }
        return Tree.of(
                "kind",
                kind.kind().kind() + "List",
                "apiVersion",
                kind.kind().apiVersion(),
                "metadata",
                metadata,
                "items",
                all.subList(from, to));
    }

    private static String key(Map<String, Object> object) {
        return Tree.at(object, "metadata.namespace") + "/" + Tree.at(object, "metadata.name");
    }

    private static String token(long revision, String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((revision + " " + key).getBytes(StandardCharsets.UTF_8));
    }

    private static String[] token(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
            if (parts.length == 2 && parts[0].matches("[0-9]{1,18}")) {
                return parts;
            }
        } catch (IllegalArgumentException e) {
            // told below, like any other token that is none of ours
        }
        throw Refusal.bad("invalid continue token: continue key is not valid: " + text);
    }
}
