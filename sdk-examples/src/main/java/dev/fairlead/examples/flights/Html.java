package dev.fairlead.examples.flights;

import java.util.Locale;
import java.util.regex.Pattern;

/** Writes text into HTML and SVG so that it stays text. */
final class Html {
    // What no document may hold, and what turns the reading direction of the text around it.
    private static final Pattern UNWANTED = Pattern.compile(
            "[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF\\p{Cs}]");

    private Html() {}

    static String text(String raw) {
        StringBuilder safe = new StringBuilder(raw.length() + 16);
        for (char c : UNWANTED.matcher(raw).replaceAll("\uFFFD").toCharArray()) {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /** Fills a template: text is escaped by the caller, numbers read the same in every locale. */
    static String fill(String template, Object... values) {
        return String.format(Locale.ROOT, template, values);
    }

    /** Makes a link of a web address, and nothing but text of anything else. */
    static String link(String where) {
        String lower = where.toLowerCase(Locale.ROOT);
        boolean web = lower.startsWith("http://") || lower.startsWith("https://");
        return web ? fill("<a href=\"%s\" rel=\"noreferrer\">%s</a>", text(where), text(where)) : text(where);
    }
}
