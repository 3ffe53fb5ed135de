package dev.fairlead.contract.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The features that {@code docs/features.md} lists, with what the tests of this build say of each. */
final class Features {
    private static final Pattern LINE = Pattern.compile("\\s*- `([a-z0-9.-]+)` (.+)");

    private final Map<String, Feature> features = new LinkedHashMap<>();
    private final Set<String> unlisted = new TreeSet<>();
    private final List<String> doubled = new ArrayList<>();

    private Features() {}

    /** What is known of one feature: where it passed, why it was skipped, which test failed. */
    private static final class Feature {
        private final Set<String> passed = new TreeSet<>();
        private final Set<String> skipped = new TreeSet<>();
        private final Set<String> failed = new TreeSet<>();

        String state() {
            List<String> words = new ArrayList<>();
            if (!failed.isEmpty()) {
                words.add("FAILED: " + String.join(", ", failed));
            }
            if (!passed.isEmpty()) {
                words.add(String.join(", ", passed));
            }
            if (!skipped.isEmpty()) {
                words.add("skipped: " + String.join("; ", skipped));
            }
            return words.isEmpty() ? "UNPROVEN" : String.join("; ", words);
        }
    }

    static Features read(Path file) throws IOException {
        return of(Files.readAllLines(file));
    }

    static Features of(List<String> lines) {
        Features all = new Features();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && all.features.put(matcher.group(1), new Feature()) != null) {
                all.doubled.add(matcher.group(1));
            }
        }
        return all;
    }

    void addProofs(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            Files.readAllLines(file).forEach(this::addProof);
        }
    }

    /** Takes one line of a proof file: id, state, place, test, reason. */
    void addProof(String line) {
        String[] cells = line.split("\t", -1);
        Feature feature = features.get(cells[0]);
        if (feature == null) {
            unlisted.add(cells[0] + " by " + cells[3]);
            return;
        }
        switch (cells[1]) {
            case "passed" -> feature.passed.add(cells[2]);
            case "failed" -> feature.failed.add(cells[3]);
            default -> feature.skipped.add(cells[2] + " (" + cells[4] + ")");
        }
    }

    String table() {
        int width = features.keySet().stream().mapToInt(String::length).max().orElse(0);
        return features.entrySet().stream()
                .map(e -> "  " + e.getKey() + " ".repeat(width - e.getKey().length()) + "  "
                        + e.getValue().state())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    List<String> problems(boolean required) {
        List<String> problems = new ArrayList<>();
        doubled.forEach(id -> problems.add(id + " is listed twice"));
        unlisted.forEach(id -> problems.add(id + " is proven but not listed"));
        features.forEach((id, feature) -> {
            if (!feature.failed.isEmpty()) {
                problems.add(id + " failed: " + feature.failed);
            } else if (feature.passed.isEmpty() && feature.skipped.isEmpty()) {
                problems.add(id + " has no proof");
            } else if (required && !feature.skipped.isEmpty()) {
                problems.add(id + " was skipped although real servers are required: " + feature.skipped);
            }
        });
        return problems;
    }
}
