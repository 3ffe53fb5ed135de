package dev.fairlead.mlflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.mlflow.MetricSpoolException;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path base;

    private static Points steps(int from, int to) {
        return Points.series(
                "loss é", IntStream.range(from, to).mapToDouble(i -> i / 3.0).toArray(), from, 1_700_000_000_000L);
    }

    private Spool open() {
        return Spool.open(base, "run1", false);
    }

    private static List<Long> left(Spool spool) {
        List<Long> steps = new ArrayList<>();
        spool.found(7).forEach(f -> {
            assertThat(f.points().size()).isLessThanOrEqualTo(7);
            f.points().toList().forEach(m -> {
                assertThat(m.key()).isEqualTo("loss é");
                assertThat(m.value()).isEqualTo(m.step() / 3.0);
                assertThat(m.timestamp().toEpochMilli()).isEqualTo(1_700_000_000_000L);
                steps.add(m.step());
            });
        });
        return steps;
    }

    private static List<Long> range(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> (long) i).toList();
    }

    private Path only(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(base.resolve("run1"))) {
            return files.filter(f -> f.toString().endsWith(suffix)).findFirst().orElseThrow();
        }
    }

    @Test
    void open_again_findsWhatWasNotAcknowledgedInOrder() {
        Spool spool = open();
        long first = spool.append(steps(0, 10), 0, 10);
        long second = spool.append(steps(10, 30), 0, 20);
        spool.acknowledge(first, 10);
        spool.acknowledge(second + 5, 3);
        spool.close();

        Spool again = open();
        assertThat(left(again))
                .isEqualTo(Stream.concat(range(10, 15).stream(), range(18, 30).stream())
                        .toList());
        again.found(7).forEach(f -> again.acknowledge(f.sequence(), f.points().size()));
        again.close();
        assertThat(base).isEmptyDirectory();
    }

    @Test
    @Proves("mlflow.metrics.spool.torn")
    void open_tailTorn_readsWhatIsWhole() throws IOException {
        Spool spool = open();
        var unused = spool.append(steps(0, 5), 0, 5) + spool.append(steps(5, 9), 0, 4);
        spool.close();
        Path file = only(".points");
        byte[] whole = Files.readAllBytes(file);
        int record = (whole.length - 8 - 24) / 9 * 5; // about where the second record lies

        for (int cut = whole.length - 1; cut > whole.length - record / 2; cut -= 11) {
            Files.write(file, java.util.Arrays.copyOf(whole, cut));
            Spool torn = open();
            assertThat(left(torn)).isEqualTo(range(0, 5));
            torn.close();
        }
        whole[whole.length - 3] ^= 1;
        Files.write(file, whole);
        Spool flipped = open();
        assertThat(left(flipped)).isEqualTo(range(0, 5));
        var next = flipped.append(steps(100, 102), 0, 2);
        flipped.close();
        Spool again = open();
        assertThat(left(again))
                .isEqualTo(Stream.concat(range(0, 5).stream(), range(100, 102).stream())
                        .toList());
        again.close();
        assertThat(next).isPositive();
    }

    @Test
    void open_notesTorn_sendsThoseAgain() throws IOException {
        Spool spool = open();
        long first = spool.append(steps(0, 10), 0, 10);
        spool.acknowledge(first, 4);
        spool.close();
        Files.write(only(".done"), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        assertThat(left(reopened())).isEqualTo(range(4, 10));

        byte[] notes = Files.readAllBytes(only(".done"));
        notes[9] ^= 1;
        Files.write(only(".done"), notes);
        assertThat(left(reopened())).isEqualTo(range(0, 10));
    }

    private Spool reopened() {
        Spool spool = open();
        spool.close();
        return spool;
    }

    @Test
    void open_heldByAnother_saysSo() {
        Spool spool = open();

        assertThatThrownBy(this::open)
                .isInstanceOf(MetricSpoolException.class)
                .hasMessageContaining(base.resolve("run1").toString())
                .hasMessageContaining("in use by another logger");
        assertThat(Spool.runs(base)).containsExactly("run1");
        assertThat(Spool.runs(base.resolve("none"))).isEmpty();
        spool.close();
        spool.close();
        assertThat(Spool.runs(base)).isEmpty();
        assertThatThrownBy(() -> Spool.open(base, "../x", false)).isInstanceOf(MetricSpoolException.class);
    }

    @Test
    void append_manyMegabytes_keepsOnlyWhatIsOpen() throws IOException {
        Spool spool = Spool.open(base, "run1", true);
        for (int i = 0; i < 300; i++) {
            long place = spool.append(steps(i * 1000, i * 1000 + 1000), 0, 1000);
            if (i > 0) {
                spool.acknowledge(place, 1000);
            }
        }
        try (Stream<Path> files = Files.list(base.resolve("run1"))) {
            // the first file, which is not delivered, the current one, their notes and the lock
            assertThat(files).hasSizeLessThanOrEqualTo(5);
        }
        spool.close();
        Spool again = open();
        assertThat(left(again)).isEqualTo(range(0, 1000));
        again.close();
    }

    @Property(tries = 60)
    void anyHistory_isKept(@ForAll @IntRange(max = 100_000) int seed) throws IOException {
        Path folder = Files.createTempDirectory("spool");
        Random random = new Random(seed);
        BitSet open = new BitSet();
        long[] places = new long[2000];
        int next = 0;
        for (int life = 0; life < 3; life++) {
            Spool spool = Spool.open(folder, "r", false);
            assertThat(left(spool).stream().mapToInt(Long::intValue).toArray())
                    .isEqualTo(open.stream().toArray());
            for (int i = 0; i < 20; i++) {
                int count = 1 + random.nextInt(30);
                long place = spool.append(steps(next, next + count), 0, count);
                for (int n = 0; n < count; n++) {
                    places[next + n] = place + n;
                    open.set(next + n);
                }
                next += count;
                int step = random.nextInt(next);
                if (open.get(step)) {
                    spool.acknowledge(places[step], 1);
                    open.clear(step);
                }
            }
            spool.close();
        }
    }
}
