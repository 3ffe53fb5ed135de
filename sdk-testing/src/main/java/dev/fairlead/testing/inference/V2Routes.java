package dev.fairlead.testing.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fairlead.inference.DataType;
import dev.fairlead.inference.Tensor;
import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The protocol as MLServer 1.7.1 speaks it over REST: its answers, its three kinds of error, its oddities. */
final class V2Routes {
    private static final String ALLOWED = Arrays.stream(DataType.values())
            .filter(t -> t != DataType.BF16)
            .map(t -> "'" + t + "'")
            .collect(Collectors.joining(", "))
            .replaceFirst(", ('BYTES')$", " or $1");

    /** Reads numbers as Python does: whole ones exactly, others as doubles with the sign of their zero. */
    private static final JsonMapper JSON = new JsonMapper();

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Map<String, Served> models = new ConcurrentHashMap<>();
    private final boolean debug;
    private volatile boolean ready = true;

    V2Routes(boolean debug) {
        this.debug = debug;
    }

    /** A loaded model. */
    record Served(String name, String version, ServedModel model, LongAdder inferences) {}

    /** Ends a request with an error answer. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;

        Refused(Answer answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }

    Map<String, Served> models() {
        return models;
    }

    void ready(boolean now) {
        ready = now;
    }

    Routes routes() {
        return new Routes()
                .on("GET", "/v2", call -> Answer.json(server()))
                .on("GET", "/v2/health/live", call -> Answer.empty(200))
                .on("GET", "/v2/health/ready", call -> Answer.empty(ready ? 200 : 400))
                .on("POST", "/v2/repository/index", call -> Answer.json(index()))
                .on("GET", "/v2/models/{model}", call -> metadata(model(call, "")))
                .on("GET", "/v2/models/{model}/ready", call -> modelReady(model(call, "")))
                .on("POST", "/v2/models/{model}/infer", call -> infer(model(call, ""), call))
                .on(
                        "GET",
                        "/v2/models/{model}/versions/{version}",
                        call -> metadata(model(call, call.variable("version"))))
                .on(
                        "GET",
                        "/v2/models/{model}/versions/{version}/ready",
                        call -> modelReady(model(call, call.variable("version"))))
                .on(
                        "POST",
                        "/v2/models/{model}/versions/{version}/infer",
                        call -> infer(model(call, call.variable("version")), call))
                .on("*", "/v2/models/{model}/infer", call -> detail(405, "Method Not Allowed"));
    }

    private static Map<String, Object> server() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", "mlserver");
        tree.put("version", "1.7.1");
        tree.put("extensions", List.of());
        return tree;
    }

    private List<Map<String, Object>> index() {
        List<Map<String, Object>> index = new ArrayList<>();
        for (Served served : models.values()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", served.name());
            if (!served.version().isEmpty()) {
                entry.put("version", served.version());
            }
            entry.put("state", "READY");
            entry.put("reason", "");
            index.add(entry);
        }
        return index;
    }

    private Served model(HttpCall call, String version) {
        String name = call.variable("model");
        Served served = models.get(name);
        boolean found = served != null && (version.isEmpty() || version.equals(served.version()));
        if (served == null || !found) {
            String which = version.isEmpty() ? name : name + " with version " + version;
            throw new Refused(Answer.json(404, Map.of("error", "Model " + which + " not found")));
        }
        return served;
    }

    private static Answer modelReady(Served served) {
        return Answer.empty(served.name().isEmpty() ? 404 : 200);
    }

    private static Answer metadata(Served served) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", served.name());
        tree.put("versions", List.of());
        tree.put("platform", "");
        tree.put(
                "inputs",
                served.model().inputs().stream().map(WireTensors::write).toList());
        tree.put(
                "outputs",
                served.model().outputs().stream().map(WireTensors::write).toList());
        tree.put("parameters", served.model().parameters());
        return Answer.json(tree);
    }

    private static Answer infer(Served served, HttpCall call) throws IOException {
        Map<String, Object> request = body(call);
        List<Tensor> inputs = new ArrayList<>();
        for (Map<?, ?> input : inputs(request)) {
            inputs.add(WireTensors.read(input));
        }
        List<Tensor> outputs = served.model().predict(inputs);
        served.inferences().increment();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("model_name", served.name());
        if (!served.version().isEmpty()) {
            answer.put("model_version", served.version());
        }
        answer.put(
                "id",
                request.get("id") instanceof String id ? id : UUID.randomUUID().toString());
        answer.put("parameters", served.model().parameters());
        answer.put("outputs", outputs.stream().map(WireTensors::write).toList());
        return Answer.json(answer);
    }

    private static Map<String, Object> body(HttpCall call) throws IOException {
        byte[] body = call.bytes();
        if (body.length == 0) {
            throw unprocessable(problem("missing", List.of("body"), "Field required"));
        }
        try {
            return JSON.readValue(body, OBJECT);
        } catch (JsonProcessingException e) {
            Map<String, Object> problem = problem("json_invalid", List.of("body", 1), "JSON decode error");
            problem.put("ctx", Map.of("error", "unexpected character, expected a JSON value"));
            throw unprocessable(problem);
        }
    }

    private static List<Map<?, ?>> inputs(Map<String, Object> request) {
        if (!(request.get("inputs") instanceof List<?> list)) {
            throw unprocessable(problem("missing", List.of("body", "inputs"), "Field required"));
        }
        List<Map<?, ?>> inputs = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Map<?, ?> input = (Map<?, ?>) list.get(i);
            for (String field : List.of("name", "shape", "datatype", "data")) {
                if (input.get(field) == null) {
                    throw unprocessable(problem("missing", List.of("body", "inputs", i, field), "Field required"));
                }
            }
            String type = String.valueOf(input.get("datatype"));
            if (DataType.find(type).isEmpty() || type.equals("BF16")) {
                Map<String, Object> problem =
                        problem("enum", List.of("body", "inputs", i, "datatype"), "Input should be " + ALLOWED);
                problem.put("input", type);
                problem.put("ctx", Map.of("expected", ALLOWED));
                throw unprocessable(problem);
            }
            inputs.add(input);
        }
        return inputs;
    }

    private static Map<String, Object> problem(String type, List<Object> place, String message) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", type);
        problem.put("loc", place);
        problem.put("msg", message);
        problem.put("input", Map.of());
        return problem;
    }

    private static Refused unprocessable(Map<String, Object> problem) {
        return new Refused(Answer.json(422, Map.of("detail", List.of(problem))));
    }

    private static Answer detail(int status, String text) {
        return Answer.json(status, Map.of("detail", text));
    }

    /** Answers what a route threw, or that none fits. */
    Answer onError(@Nullable Exception e) {
        if (e == null) {
            return detail(404, "Not Found");
        }
        if (e instanceof Refused refused) {
            return refused.answer;
        }
        String text = debug
                ? "Traceback (most recent call last):\n  File \"model.py\", line 1, in predict\n"
                        + PythonException.lastLine(e) + "\n"
                : "Internal Server Error";
        return Answer.text(500, "text/plain; charset=utf-8", text);
    }

    /** Makes an error of the server's own kind, for fault scripts. */
    static Answer error(int status) {
        return status == 500
                ? Answer.text(500, "text/plain; charset=utf-8", "Internal Server Error")
                : Answer.json(status, Map.of("error", "scripted error " + status));
    }
}
