package dev.fairlead.contract.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every Java block of README and docs is a region of compiled code. A block stands behind {@code <!-- snippet: FILE#REGION -->}; the region in
 * the file stands between {@code // region REGION} and {@code // endregion}.
 */
class SnippetsTest {
    private static final Path ROOT = Path.of(System.getProperty("fairlead.root", ".."));

    @Test
    void javaBlocks_all_areRegionsOfCompiledCode() throws IOException {
        List<String> problems = new ArrayList<>();
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(f -> f.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        for (Path page : pages) {
            check(page, problems);
        }
        assertThat(problems).isEmpty();
    }

    private static void check(Path page, List<String> problems) throws IOException {
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).strip().equals("```java")) {
                continue;
            }
            int end = i + 1;
            while (!lines.get(end).strip().equals("```")) {
                end++;
            }
            String place = ROOT.relativize(page) + ":" + (i + 1);
            String marker = i == 0 ? "" : lines.get(i - 1).strip();
            if (!marker.startsWith("<!-- snippet: ")) {
                problems.add(place + " has no snippet marker");
            } else {
                String[] source =
                        marker.replace("<!-- snippet: ", "").replace(" -->", "").split("#");
                List<String> region = region(ROOT.resolve(source[0]), source[1]);
                if (!region.equals(lines.subList(i + 1, end))) {
                    problems.add(place + " differs from " + marker + ":\n" + String.join("\n", region));
                }
            }
            i = end;
        }
    }

    private static List<String> region(Path file, String name) throws IOException {
        List<String> found = new ArrayList<>();
        boolean in = false;
        for (String line : Files.readAllLines(file)) {
            if (line.strip().equals("// region " + name)) {
                in = true;
            } else if (in && line.strip().equals("// endregion")) {
                break;
            } else if (in) {
                found.add(line);
            }
        }
        int indent = found.stream()
                .filter(l -> !l.isBlank())
                .mapToInt(l -> l.length() - l.stripLeading().length())
                .min()
                .orElse(0);
        return found.stream().map(l -> l.isBlank() ? "" : l.substring(indent)).toList();
    }
}
