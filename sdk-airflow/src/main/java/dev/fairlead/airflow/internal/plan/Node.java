package dev.fairlead.airflow.internal.plan;

import dev.fairlead.airflow.internal.plan.Tokens.UnreadableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An expression of Python as a tree. */
sealed interface Node {
    /** What is not taken apart: a name, a number, an operation. */
    record Raw(String code) implements Node {}

    /** A text, as it is written between the quotes. */
    record Str(String written) implements Node {}

    /** A list or tuple. */
    record Items(String open, List<Node> items) implements Node {}

    /** A dictionary. */
    record Entries(Map<String, Node> entries) implements Node {}

    /** A call, or calls in a row such as {@code X.partial(a=1).expand(b=c)}; arguments without a name are numbered. */
    record Call(String function, Map<String, Node> arguments) implements Node {}

    /** Writes it on one line. */
    default String code() {
        if (this instanceof Raw raw) {
            return raw.code();
        }
        if (this instanceof Str str) {
            return '"' + str.written() + '"';
        }
        if (this instanceof Items list) {
            String close = list.open().equals("[") ? "]" : ")";
            return list.items().stream().map(Node::code).collect(Collectors.joining(", ", list.open(), close));
        }
        if (this instanceof Entries dict) {
            return dict.entries().entrySet().stream()
                    .map(e -> e.getKey() + ": " + e.getValue().code())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        Call call = (Call) this;
        return call.arguments().entrySet().stream()
                .map(e -> (Character.isDigit(e.getKey().charAt(0)) ? "" : e.getKey() + "=")
                        + e.getValue().code())
                .collect(Collectors.joining(", ", call.function() + "(", ")"));
    }

    /** Reads tokens as one expression. */
    static Node of(List<String> tokens) {
        Reader reader = new Reader(tokens);
        Node node = reader.expression();
        if (reader.at < tokens.size()) {
            throw new UnreadableException("more follows: " + tokens.get(reader.at));
        }
        return node;
    }

    /** Reads from left to right. */
    final class Reader {
        private final List<String> tokens;
        private int at;

        Reader(List<String> tokens) {
            this.tokens = tokens;
        }

        private String peek() {
            return at < tokens.size() ? tokens.get(at) : "";
        }

        private boolean ends() {
            return at >= tokens.size() || List.of(",", ")", "]", "}", ":").contains(peek());
        }

        /** Reads up to what ends an expression; what is more than one thing is kept as it is written. */
        Node expression() {
            int start = at;
            Node first = one();
            if (ends()) {
                return first;
            }
            int depth = 0;
            while (at < tokens.size() && (depth > 0 || !ends())) {
                depth += "([{".contains(peek()) ? 1 : ")]}".contains(peek()) ? -1 : 0;
                at++;
            }
            return new Raw(joined(tokens.subList(start, at)));
        }

        private Node one() {
            String token = peek();
            if (isText(token)) {
                return text();
            }
            if (token.equals("[")) {
                return items("[", "]");
            }
            if (token.equals("{")) {
                return entries();
            }
            if (token.equals("(")) {
                Items tuple = items("(", ")");
                return tuple.items().size() == 1 && !tokens.get(at - 2).equals(",")
                        ? tuple.items().get(0)
                        : tuple;
            }
            at++;
            return isName(token) ? calls(token) : new Raw(token);
        }

        /** Texts that follow each other are one. */
        private Node text() {
            StringBuilder written = new StringBuilder();
            while (isText(peek())) {
                String token = peek();
                if (token.charAt(0) != '"' || token.startsWith("\"\"\"")) {
                    at++;
                    return new Raw(token);
                }
                written.append(token, 1, token.length() - 1);
                at++;
            }
            return new Str(written.toString());
        }

        private Items items(String open, String close) {
            at++;
            List<Node> items = new ArrayList<>();
            while (!peek().equals(close)) {
                items.add(expression());
                comma(close);
            }
            at++;
            return new Items(open, items);
        }

        private void comma(String close) {
            if (peek().equals(",")) {
                at++;
            } else if (!peek().equals(close)) {
                throw new UnreadableException("expected " + close + " but found '" + peek() + "'");
            }
        }

        private Entries entries() {
            at++;
            Map<String, Node> entries = new LinkedHashMap<>();
            while (!peek().equals("}")) {
                String key = expression().code();
                if (!peek().equals(":")) {
                    throw new UnreadableException("expected : but found '" + peek() + "'");
                }
                at++;
                entries.put(key, expression());
                comma("}");
            }
            at++;
            return new Entries(entries);
        }

        private Node calls(String name) {
            StringBuilder function = new StringBuilder(name);
            Map<String, Node> arguments = new LinkedHashMap<>();
            boolean called = false;
            while (peek().equals(".") || peek().equals("(")) {
                if (peek().equals(".")) {
                    function.append('.').append(at + 1 < tokens.size() ? tokens.get(at + 1) : "");
                    at += 2;
                } else {
                    called = true;
                    arguments(arguments);
                }
            }
            return called ? new Call(function.toString(), arguments) : new Raw(function.toString());
        }

        private void arguments(Map<String, Node> arguments) {
            at++;
            while (!peek().equals(")")) {
                if (isName(peek())
                        && at + 1 < tokens.size()
                        && tokens.get(at + 1).equals("=")) {
                    String name = peek();
                    at += 2;
                    arguments.put(name, expression());
                } else {
                    arguments.put(String.valueOf(arguments.size()), expression());
                }
                comma(")");
            }
            at++;
        }

        private static boolean isText(String token) {
            return token.endsWith("\"") || token.endsWith("'");
        }

        private static boolean isName(String token) {
            return !token.isEmpty() && Character.isJavaIdentifierStart(token.charAt(0)) && !isText(token);
        }
    }

    /** Writes tokens on one line. */
    static String joined(List<String> tokens) {
        return String.join(" ", tokens)
                .replace(" . ", ".")
                .replace(" (", "(")
                .replace("( ", "(")
                .replace(" )", ")")
                .replace(" ,", ",");
    }
}
