package dev.fairlead.examples.flights;

import dev.fairlead.examples.flights.FlightsReport.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Draws tasks and what runs before what as inline SVG, from left to right or from top to bottom. */
final class DagDrawing {
    private static final int LONGEST_NAME = 24;
    private static final double HEIGHT = 84;
    private static final double GAP = 46;
    private static final double BOW = 30;
    private static final double MARGIN = 3;

    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Map<String, Integer> layer = new HashMap<>();
    private final List<List<String>> layers = new ArrayList<>();
    private final double width;
    private final boolean leftToRight;
    private final double bow;

    DagDrawing(List<Task> dag, boolean leftToRight) {
        this.leftToRight = leftToRight;
        dag.forEach(task -> tasks.putIfAbsent(task.id(), task));
        tasks.keySet().forEach(id -> layer.put(id, 0));
        // The longest way from a start; as many rounds as tasks, so that even a cycle ends.
        for (int round = 1; round < tasks.size(); round++) {
            tasks.values().forEach(this::pushBehindUpstream);
        }
        for (String id : tasks.keySet()) {
            while (layers.size() <= place(id)) {
                layers.add(new ArrayList<>());
            }
            layers.get(place(id)).add(id);
        }
        layers.removeIf(List::isEmpty);
        layers.forEach(ids -> ids.forEach(id -> layer.put(id, layers.indexOf(ids))));
        int longest = tasks.values().stream()
                .mapToInt(task -> Math.max(
                        shorten(task.id()).length(), shorten(task.kind()).length()))
                .max()
                .orElse(0);
        this.width = Math.max(150, 9.2 * longest + 36);
        this.bow = tasks.values().stream().anyMatch(this::skips) ? BOW : 0;
    }

    private void pushBehindUpstream(Task task) {
        for (String before : known(task)) {
            layer.merge(task.id(), Math.min(place(before) + 1, tasks.size()), Math::max);
        }
    }

    private boolean skips(Task task) {
        return known(task).stream().anyMatch(before -> place(task.id()) - place(before) > 1);
    }

    private List<String> known(Task task) {
        return task.upstream().stream().filter(tasks::containsKey).toList();
    }

    String svg(String id, String title) {
        int slots = layers.stream().mapToInt(List::size).max().orElse(1);
        double along = layers.size() * (length() + GAP) - GAP;
        double across = slots * (breadth() + GAP / 2) - GAP / 2 + bow;
        double w = (leftToRight ? along : across) + 2 * MARGIN;
        double h = (leftToRight ? across : along) + 2 * MARGIN;
        StringBuilder svg = new StringBuilder(Html.fill(
                "<svg class=\"%s\" style=\"max-width:%.0fpx\" viewBox=\"0 0 %.0f %.0f\" role=\"img\""
                        + " aria-labelledby=\"%s-title %s-desc\">\n",
                leftToRight ? "broad" : "tall", w * 1.15, w, h, id, id));
        svg.append(Html.fill("<title id=\"%s-title\">%s</title>\n", id, Html.text(title)));
        svg.append(Html.fill("<desc id=\"%s-desc\">%s</desc>\n", id, Html.text(describe())));
        tasks.values().forEach(task -> known(task).forEach(before -> edge(svg, before, task.id(), slots)));
        tasks.values().forEach(task -> box(svg, task, slots));
        return svg.append("</svg>").toString();
    }

    private String describe() {
        return tasks.values().stream()
                .map(task -> task.id() + " (" + task.kind() + ", " + state(task) + ")"
                        + (known(task).isEmpty() ? "" : " after " + String.join(", ", known(task))))
                .collect(Collectors.joining("; "));
    }

    private void box(StringBuilder svg, Task task, int slots) {
        double x = x(task.id(), slots);
        double y = y(task.id(), slots);
        String look = look(task);
        svg.append(Html.fill(
                "<g><title>%s: %s</title><rect class=\"task %s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\" rx=\"11\"/>\n",
                Html.text(task.id()), Html.text(state(task)), look, x, y, width, HEIGHT));
        svg.append(Html.fill(
                "<rect class=\"stripe %s\" x=\"%.1f\" y=\"%.1f\" width=\"5\" height=\"%.0f\" rx=\"2.5\"/>\n",
                look, x + 9, y + 14, HEIGHT - 28));
        line(svg, "name", x, y + 28, shorten(task.id()));
        line(svg, "kind", x, y + 47, shorten(task.kind()));
        line(svg, "state " + look, x, y + 67, mark(look) + shorten(state(task)));
        svg.append("</g>\n");
    }

    private static void line(StringBuilder svg, String look, double x, double y, String text) {
        svg.append(Html.fill("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", look, x + 24, y, Html.text(text)));
    }

    private void edge(StringBuilder svg, String from, String to, int slots) {
        double x1 = x(from, slots) + (leftToRight ? width : width / 2);
        double y1 = y(from, slots) + (leftToRight ? HEIGHT / 2 : HEIGHT);
        double x2 = x(to, slots) + (leftToRight ? 0 : width / 2);
        double y2 = y(to, slots) + (leftToRight ? HEIGHT / 2 : 0);
        // An edge over a whole layer bows around the boxes it would else hide behind.
        boolean skips = place(to) - place(from) > 1;
        double pull = skips ? GAP : GAP / 2;
        double peak = MARGIN + 6;
        if (leftToRight) {
            double bend = skips ? (Math.min(y1, y2) - peak) / 0.75 : 0;
            curve(svg, x1, y1, x1 + pull, y1 - bend, x2 - pull - 8, y2 - bend, x2 - 8, y2);
            tip(svg, x2, y2, x2 - 10, y2 - 5.5, x2 - 10, y2 + 5.5);
        } else {
            double bend = skips ? (Math.min(x1, x2) - peak) / 0.75 : 0;
            curve(svg, x1, y1, x1 - bend, y1 + pull, x2 - bend, y2 - pull - 8, x2, y2 - 8);
            tip(svg, x2, y2, x2 - 5.5, y2 - 10, x2 + 5.5, y2 - 10);
        }
    }

    private static void curve(StringBuilder svg, double... p) {
        svg.append(Html.fill(
                "<path class=\"edge\" d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f\"/>\n",
                p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]));
    }

    private static void tip(StringBuilder svg, double... p) {
        svg.append(Html.fill(
                "<path class=\"tip\" d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fZ\"/>\n", p[0], p[1], p[2], p[3], p[4], p[5]));
    }

    private int place(String id) {
        return layer.getOrDefault(id, 0);
    }

    private double length() {
        return leftToRight ? width : HEIGHT;
    }

    private double breadth() {
        return leftToRight ? HEIGHT : width;
    }

    private double x(String id, int slots) {
        return leftToRight ? along(id) : across(id, slots);
    }

    private double y(String id, int slots) {
        return leftToRight ? across(id, slots) : along(id);
    }

    private double along(String id) {
        return MARGIN + place(id) * (length() + GAP);
    }

    private double across(String id, int slots) {
        List<String> beside = layers.get(place(id));
        double slot = beside.indexOf(id) + (slots - beside.size()) / 2.0;
        return MARGIN + bow + slot * (breadth() + GAP / 2);
    }

    private static String state(Task task) {
        return task.state().isBlank() ? "no state" : task.state();
    }

    private static String look(Task task) {
        return switch (task.state().toLowerCase(Locale.ROOT)) {
            case "success" -> "good";
            case "failed", "upstream_failed" -> "bad";
            case "", "none", "skipped", "removed" -> "idle";
            default -> "busy";
        };
    }

    private static String mark(String look) {
        return switch (look) {
            case "good" -> "\u2713 ";
            case "bad" -> "\u2717 ";
            case "busy" -> "\u2026 ";
            default -> "";
        };
    }

    private static String shorten(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_NAME
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_NAME - 1)) + "\u2026";
    }
}
