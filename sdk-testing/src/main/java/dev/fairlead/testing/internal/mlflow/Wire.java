package dev.fairlead.testing.internal.mlflow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the server's answers: absent means empty, page tokens are base64 of an offset. */
final class Wire {
    private static final Pattern OFFSET = Pattern.compile("\\{\\s*\"offset\"\\s*:\\s*(\\d+)\\s*}");

    private Wire() {}

    /** Makes an object of names and values in turn; nulls and empty lists are left out. */
    static Map<String, Object> object(@Nullable Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (!(value instanceof List<?> list && list.isEmpty())) {
                object.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return object;
    }

    static List<Map<String, Object>> pairs(Map<String, String> map) {
        List<Map<String, Object>> list = new ArrayList<>();
        map.forEach((key, value) -> list.add(object("key", key, "value", value)));
        return list;
    }

    /** Makes a page of the rows that the token and size ask for. */
    static <T> Map<String, Object> page(Request request, String name, List<T> rows, int size, Function<T, Object> row) {
        int from = offset(request);
        int to = Math.min(rows.size(), from + size);
        List<Object> shown = from >= rows.size()
                ? List.of()
                : rows.subList(from, to).stream().map(row).toList();
        Map<String, Object> page = object(name, shown);
        if (to < rows.size()) {
            page.put("next_page_token", token(to));
        }
        return page;
    }

    private static int offset(Request request) {
        return request.optional("page_token")
                .map(token -> {
                    try {
                        String json = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
                        Matcher offset = OFFSET.matcher(json);
                        if (offset.matches()) {
                            return Integer.parseInt(offset.group(1));
                        }
                    } catch (IllegalArgumentException e) {
                        // falls through to the refusal
                    }
                    throw Refusal.invalid("Invalid page token, could not base64-decode");
                })
                .orElse(0);
    }

    private static String token(int offset) {
        return Base64.getEncoder().encodeToString(("{\"offset\": " + offset + "}").getBytes(StandardCharsets.UTF_8));
    }
}
