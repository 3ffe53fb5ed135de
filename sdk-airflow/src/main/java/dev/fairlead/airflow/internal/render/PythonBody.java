package dev.fairlead.airflow.internal.render;

import java.util.ArrayList;
import java.util.List;

/** Indents trusted code as the body of a function, without touching the lines inside triple-quoted texts. */
final class PythonBody {
    private PythonBody() {}

    /** Returns the code, moved to the left margin and then by the indent; ends without a line end. */
    static String indent(String code, String indent) {
        String[] lines = code.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
        boolean[] inside = insideText(lines);
        int margin = Integer.MAX_VALUE;
        for (int i = 0; i < lines.length; i++) {
            if (!inside[i] && !lines[i].isBlank()) {
                margin = Math.min(margin, leading(lines[i]));
            }
        }
        List<String> out = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            if (inside[i]) {
                out.add(lines[i]);
            } else {
                out.add(lines[i].isBlank() ? "" : indent + lines[i].substring(margin));
            }
        }
        while (!out.isEmpty() && out.get(0).isEmpty()) {
            out.remove(0);
        }
        while (!out.isEmpty() && out.get(out.size() - 1).isEmpty()) {
            out.remove(out.size() - 1);
        }
        return String.join("\n", out);
    }

    private static int leading(String line) {
        int i = 0;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    /** Tells of each line whether it begins inside a text that an earlier line opened. */
    private static boolean[] insideText(String[] lines) {
        boolean[] inside = new boolean[lines.length];
        String open = "";
        for (int i = 0; i < lines.length; i++) {
            inside[i] = open.length() == 3;
            open = scan(lines[i], open);
        }
        return inside;
    }

    /** Reads a line and returns the quotes of the text that is open at its end. */
    private static String scan(String line, String open) {
        String quotes = open;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (quotes.isEmpty()) {
                if (c == '#') {
                    return "";
                }
                if (c == '"' || c == '\'') {
                    String one = String.valueOf(c);
                    quotes = line.startsWith(one.repeat(3), i) ? one.repeat(3) : one;
                    i += quotes.length() - 1;
                }
            } else if (line.startsWith(quotes, i)) {
                i += quotes.length() - 1;
                quotes = "";
            }
        }
        return quotes.length() == 3 ? quotes : "";
    }
}
