package dev.fairlead.airflow.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts Python into statements and tokens: as much of the language as our own files use, and the bodies of functions in them. */
final class Tokens {
    private static final Pattern STRING = Pattern.compile("(?i)[rbfut]{0,2}(\"\"\"|'''|\"|')");
    private static final Pattern WORD =
            Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*|[0-9][0-9a-zA-Z_.]*(?:(?<=[eE])[+-][0-9]+)?");
    private static final Pattern OPERATOR = Pattern.compile(">>|<<|\\*\\*|//|->|:=|[=!<>]=|.", Pattern.DOTALL);

    private Tokens() {}

    /**
     * A statement, which may go over several lines.
     *
     * @param indent how far it is indented
     * @param start where it begins in the file
     * @param end where it ends, the line end not included
     * @param tokens its tokens, comments left out
     */
    record Statement(int indent, int start, int end, List<String> tokens) {}

    /** Thrown by what cannot be read: another's file may hold any Python. */
    static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message, null, false, false);
        }
    }

    static List<Statement> statements(String file) {
        List<Statement> statements = new ArrayList<>();
        int at = 0;
        while (at < file.length()) {
            int indent = 0;
            int start = at;
            while (start < file.length() && file.charAt(start) == ' ') {
                start++;
                indent++;
            }
            List<String> tokens = new ArrayList<>();
            int end = logicalLine(file, start, tokens);
            if (!tokens.isEmpty()) {
                statements.add(new Statement(indent, start, end, List.copyOf(tokens)));
            }
            at = end + 1;
        }
        return statements;
    }

    /** Reads tokens up to the end of the logical line and returns where that is. */
    private static int logicalLine(String file, int from, List<String> tokens) {
        int depth = 0;
        int at = from;
        while (at < file.length()) {
            char c = file.charAt(at);
            if (c == '\n' && depth == 0) {
                return at;
            }
            if (c == '#') {
                int lineEnd = file.indexOf('\n', at);
                at = lineEnd < 0 ? file.length() : lineEnd;
            } else if (c == '\\' && at + 1 < file.length() && file.charAt(at + 1) == '\n') {
                at += 2;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                String token = token(file, at);
                depth += "([{".contains(token) ? 1 : ")]}".contains(token) ? -1 : 0;
                tokens.add(token);
                at += token.length();
            }
        }
        if (depth > 0) {
            throw new UnreadableException("a bracket is never closed");
        }
        return at;
    }

    private static String token(String file, int at) {
        Matcher string = STRING.matcher(file).region(at, file.length());
        if (string.lookingAt()) {
            return file.substring(at, stringEnd(file, string.end(), string.group(1)));
        }
        Matcher word = WORD.matcher(file).region(at, file.length());
        if (word.lookingAt()) {
            return word.group();
        }
        Matcher operator = OPERATOR.matcher(file).region(at, file.length());
        return operator.lookingAt() ? operator.group() : file.substring(at, at + 1);
    }

    private static int stringEnd(String file, int from, String quotes) {
        for (int at = from; at < file.length(); at++) {
            if (file.charAt(at) == '\\') {
                at++;
            } else if (file.startsWith(quotes, at)) {
                return at + quotes.length();
            } else if (file.charAt(at) == '\n' && quotes.length() == 1) {
                break;
            }
        }
        throw new UnreadableException("a text is never closed");
    }
}
