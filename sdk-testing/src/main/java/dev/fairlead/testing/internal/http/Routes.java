package dev.fairlead.testing.internal.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of a request. A pattern is a path with variables: {@code /api/runs/{id}} takes one segment, a last
 * {@code {path...}} takes the rest, which may be empty. The first pattern that fits wins. Filled before the server starts.
 */
public final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /** Answers one request. */
    @FunctionalInterface
    public interface Handler {
        Answer handle(HttpCall call) throws IOException;
    }

    private record Route(String method, List<String> segments, Handler handler) {}

    /** Adds a route; the method {@code *} takes any. */
    public Routes on(String method, String pattern, Handler handler) {
        routes.add(new Route(method, split(pattern), handler));
        return this;
    }

    /** Finds the handler and sets the call's variables; {@code null} where none fits. */
    public @Nullable Handler find(HttpCall call) {
        List<String> path = split(call.rawPath());
        for (Route route : routes) {
            if (route.method.equals("*") || route.method.equals(call.method())) {
                Map<String, String> variables = match(route.segments, path);
                if (variables != null) {
                    call.variables(variables);
                    return route.handler;
                }
            }
        }
        return null;
    }

    private static @Nullable Map<String, String> match(List<String> pattern, List<String> path) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String segment = pattern.get(i);
            if (segment.endsWith("...}")) {
                List<String> rest = path.subList(Math.min(i, path.size()), path.size());
                variables.put(
                        segment.substring(1, segment.length() - 4),
                        String.join(
                                "/", rest.stream().map(HttpCall::decodeSegment).toList()));
                return variables;
            }
            if (i >= path.size()) {
                return null;
            }
            if (segment.startsWith("{") && !path.get(i).isEmpty()) {
                variables.put(segment.substring(1, segment.length() - 1), HttpCall.decodeSegment(path.get(i)));
            } else if (!segment.equals(path.get(i))) {
                return null;
            }
        }
        return pattern.size() == path.size() ? variables : null;
    }

    private static List<String> split(String path) {
        String inner = path.startsWith("/") ? path.substring(1) : path;
        return List.of(inner.split("/", -1));
    }
}
