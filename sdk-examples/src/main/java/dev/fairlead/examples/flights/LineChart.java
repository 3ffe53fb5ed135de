package dev.fairlead.examples.flights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Draws curves over epochs as inline SVG; each curve is named at its end, so no legend is needed. */
final class LineChart {
    private static final double WIDTH = 460;
    private static final double HEIGHT = 256;
    private static final double LEFT = 54;
    private static final double RIGHT = 352;
    private static final double TOP = 14;
    private static final double BOTTOM = 206;
    private static final double LABEL_GAP = 38;

    private final String id;
    private final String title;
    private final List<Curve> curves;
    private final double low;
    private final double high;
    private final double step;
    private final int points;

    LineChart(String id, String title, List<Curve> curves) {
        this.id = id;
        this.title = title;
        this.curves = curves;
        this.points = curves.get(0).values().size();
        double min = finite(curves).stream().min(Comparator.naturalOrder()).orElse(0.0);
        double max = finite(curves).stream().max(Comparator.naturalOrder()).orElse(1.0);
        this.step = niceStep(Math.max(max - min, 0.02) / 4);
        this.low = Math.floor(min / step) * step;
        this.high = Math.max(Math.ceil(max / step) * step, low + step);
    }

    /** Is one curve: a value after each epoch. */
    record Curve(String name, List<Double> values) {}

    String svg() {
        StringBuilder svg = new StringBuilder(Html.fill(
                "<svg class=\"chart\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-labelledby=\"%s-title %s-desc\">\n",
                WIDTH, HEIGHT, id, id));
        svg.append(Html.fill("<title id=\"%s-title\">%s</title>\n", id, Html.text(title)));
        svg.append(Html.fill("<desc id=\"%s-desc\">%s</desc>\n", id, Html.text(describe())));
        horizontalGrid(svg);
        epochAxis(svg);
        List<Double> labels = labelHeights();
        for (int i = 0; i < curves.size(); i++) {
            curve(svg, curves.get(i), "tone" + i % 2, labels.get(i));
        }
        return svg.append("</svg>").toString();
    }

    private String describe() {
        return curves.stream()
                .map(curve -> Html.fill(
                        "%s goes from %.3f after epoch 1 to %.3f after epoch %d.",
                        curve.name(), curve.values().get(0), last(curve), points))
                .collect(Collectors.joining(" "));
    }

    private void horizontalGrid(StringBuilder svg) {
        int digits = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        int lines = (int) Math.round((high - low) / step);
        for (int i = 0; i <= lines; i++) {
            double value = low + i * step;
            svg.append(Html.fill(
                    "<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/><text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%."
                            + digits + "f</text>\n",
                    LEFT,
                    y(value),
                    RIGHT,
                    LEFT - 8,
                    y(value) + 4.5,
                    value));
        }
    }

    private void epochAxis(StringBuilder svg) {
        int every = Math.max(1, (int) Math.ceil(points / 10.0));
        for (int epoch = 1; epoch <= points; epoch += every) {
            svg.append(Html.fill(
                    "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%d</text>", x(epoch), BOTTOM + 22, epoch));
        }
        svg.append(Html.fill(
                "\n<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">epochs</text>\n",
                (LEFT + RIGHT) / 2, BOTTOM + 43));
    }

    private void curve(StringBuilder svg, Curve curve, String tone, double labelY) {
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (int epoch = 1; epoch <= points; epoch++) {
            double value = curve.values().get(epoch - 1);
            if (!Double.isFinite(value)) {
                continue; // a gap would draw nothing either
            }
            path.append(Html.fill("%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(epoch), y(value)));
            dots.append(Html.fill(
                    "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>epoch %d: %s %.4f</title></circle>\n",
                    tone, x(epoch), y(value), epoch, Html.text(curve.name()), value));
        }
        svg.append(Html.fill("<path class=\"curve %s\" d=\"%s\"/>\n%s", tone, path, dots));
        svg.append(Html.fill(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text><text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%.3f</text>\n",
                tone, RIGHT + 14, labelY - 4, Html.text(curve.name()), tone, RIGHT + 14, labelY + 14, last(curve)));
    }

    /** Places each curve's name beside its end, pushed down where two would lie on each other. */
    private List<Double> labelHeights() {
        List<Integer> fromTheTop = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            fromTheTop.add(i);
        }
        fromTheTop.sort(Comparator.comparingDouble(i -> y(last(curves.get(i)))));
        Double[] heights = new Double[curves.size()];
        double free = TOP;
        for (int i : fromTheTop) {
            heights[i] = Math.max(free, y(last(curves.get(i))));
            free = heights[i] + LABEL_GAP;
        }
        return List.of(heights);
    }

    private double x(int epoch) {
        return points == 1 ? (LEFT + RIGHT) / 2 : LEFT + 10 + (RIGHT - LEFT - 16) * (epoch - 1) / (points - 1);
    }

    private double y(double value) {
        return Double.isFinite(value) ? BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low) : BOTTOM;
    }

    private double last(Curve curve) {
        return curve.values().get(points - 1);
    }

    private static List<Double> finite(List<Curve> curves) {
        return curves.stream()
                .flatMap(curve -> curve.values().stream())
                .filter(Double::isFinite)
                .toList();
    }

    private static double niceStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }
}
