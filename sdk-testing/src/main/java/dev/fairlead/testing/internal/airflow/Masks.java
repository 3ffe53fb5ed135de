package dev.fairlead.testing.internal.airflow;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hides what looks like a secret, as Airflow does: by the name it has. */
final class Masks {
    static final String MASK = "***";
    private static final JsonCodec JSON = JsonCodec.camelCase();
    private static final List<String> WORDS = List.of(
            "access_token",
            "api_key",
            "apikey",
            "authorization",
            "passphrase",
            "passwd",
            "password",
            "private_key",
            "secret",
            "token");

    private Masks() {}

    /** Shows a text that may be JSON, under its name. */
    static String text(String text, String name) {
        try {
            return JSON.text(masked(JSON.tree(text.getBytes(StandardCharsets.UTF_8), "a value"), name));
        } catch (InvalidResponseException e) {
            return secret(name) ? MASK : text;
        }
    }

    private static @Nullable Object masked(@Nullable Object tree, String name) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> shown = new LinkedHashMap<>();
            map.forEach((key, value) -> shown.put(String.valueOf(key), masked(value, String.valueOf(key))));
            return shown;
        }
        if (tree instanceof List<?> list) {
            return list.stream().map(each -> masked(each, name)).toList();
        }
        return tree instanceof String && secret(name) ? MASK : tree;
    }

    private static boolean secret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }
}
