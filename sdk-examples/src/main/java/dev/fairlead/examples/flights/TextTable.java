package dev.fairlead.examples.flights;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lays cells out in columns as wide as their longest cell. */
final class TextTable {
    private final List<String[]> rows = new ArrayList<>();

    TextTable(String... header) {
        rows.add(header);
    }

    void add(String... cells) {
        rows.add(Stream.of(cells)
                .map(cell -> cell.replaceAll("\\p{Cntrl}+", " "))
                .toArray(String[]::new));
    }

    List<String> lines() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], length(row[column]));
            }
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            lines.add(line(row, widths));
            if (lines.size() == 1) {
                lines.add(line(rule(widths), widths));
            }
        }
        return lines;
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(row[column]).append(" ".repeat(widths[column] - length(row[column]) + 2));
        }
        return line.toString().stripTrailing();
    }

    private static String[] rule(int[] widths) {
        String[] rule = new String[widths.length];
        for (int column = 0; column < widths.length; column++) {
            rule[column] = "-".repeat(widths[column]);
        }
        return rule;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
