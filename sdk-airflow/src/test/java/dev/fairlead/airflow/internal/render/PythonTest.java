package dev.fairlead.airflow.internal.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.support.Proves;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Literals, judged here by a reader of our own; Python itself judges them in the contract tests. */
class PythonTest {
    @Provide
    static Arbitrary<String> texts() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 0x10ffff).filter(c -> c < 0xd800 || c > 0xdfff);
        Arbitrary<Integer> odd = Arbitraries.of(
                "\"'\\\n\r\t{}%# \u0000\u0085\u2028\ufeff".codePoints().boxed().toList());
        return Arbitraries.oneOf(any, odd)
                .list()
                .ofMaxSize(200)
                .map(list -> list.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    @Property
    @Proves("airflow.literals")
    void text_anyPlane_isAsciiOnOneLineAndReadsBack(@ForAll("texts") String text) {
        String literal = Python.text(text);

        assertThat(literal).matches("\"[ -~]*\"");
        assertThat(read(literal)).isEqualTo(text);
    }

    @Property
    @Proves("airflow.literals")
    void pieces_anyText_areShortAndReadBack(@ForAll("texts") String text) {
        List<String> pieces = Python.pieces(text);

        assertThat(pieces).allSatisfy(p -> assertThat(p).matches("\"[ -~]*\"").hasSizeLessThan(102));
        assertThat(String.join("", pieces.stream().map(PythonTest::read).toList()))
                .isEqualTo(text);
    }

    @Property
    @Proves("airflow.literals")
    void text_halfASurrogatePair_isRefused(@ForAll("texts") String before, @ForAll("texts") String after) {
        for (String half : List.of("\ud83d", "\ude00", "\ude00\ud83d")) {
            String text = before + half + after;
            assertThat(Python.isEncodable(text)).isFalse();
            assertThatThrownBy(() -> Python.text(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("half a surrogate pair");
        }
        assertThat(Python.isEncodable(before + after)).isTrue();
    }

    @Property(tries = 200)
    @Proves("airflow.literals")
    void file_ofAnyTexts_isAsciiInLines(@ForAll("texts") String text) {
        String source = Dag.builder("d")
                .description(text)
                .putParam("p", text)
                .python("t", p -> p.code("pass").putArgument("a", List.of(text)))
                .build()
                .render(Dialect.V3_3)
                .source();

        assertThat(source.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)))
                .isTrue();
    }

    @Property(tries = 200)
    @Proves("airflow.literals")
    void build_halfASurrogatePair_isRefusedWithItsPlace(@ForAll("texts") String before, @ForAll("texts") String after) {
        assertThatThrownBy(() -> Dag.builder("d")
                        .bash("t", b -> b.command("x" + before + '\ud83d' + after))
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("tasks[t].command must not hold half a surrogate pair");
    }

    @Property
    void scalar_numbers_readBack(@ForAll double real, @ForAll long whole, @ForAll BigInteger big) {
        assertThat(Double.parseDouble(Python.scalar(real))).isEqualTo(real);
        assertThat(Python.scalar(whole)).isEqualTo(String.valueOf(whole));
        assertThat(Python.scalar(big)).isEqualTo(big.toString());
    }

    @Test
    @Proves("airflow.literals")
    void scalar_eachKind_isPythons() {
        assertThat(Python.scalar(null)).isEqualTo("None");
        assertThat(Python.scalar(true)).isEqualTo("True");
        assertThat(Python.scalar(1.5f)).isEqualTo("1.5");
        assertThat(Python.scalar(1e300)).isEqualTo("1.0E300");
        assertThat(Python.scalar(new BigDecimal("1e3"))).isEqualTo("1000");
        assertThat(Python.scalar(new BigDecimal("0.25"))).isEqualTo("0.25");
        assertThatThrownBy(() -> Python.scalar(new BigDecimal("1e400"))).hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> Python.scalar(Double.NaN)).hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> Python.scalar(new Object())).hasMessageContaining("cannot be written");
    }

    @Test
    void isName_keywordsAndOthers() {
        assertThat(List.of("a", "_x", "A9")).allMatch(Python::isName);
        assertThat(List.of("", "9a", "a-b", "class", "None", "é", "_", "match")).noneMatch(Python::isName);
    }

    /** Reads a literal as Python's grammar says. */
    private static String read(String literal) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char kind = literal.charAt(++i);
            int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
            if (digits > 0) {
                text.appendCodePoint(Integer.parseInt(literal.substring(i + 1, i + 1 + digits), 16));
                i += digits;
            } else {
                text.append(
                        switch (kind) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            case '"', '\\' -> kind;
                            default -> throw new AssertionError("no escape of Python: \\" + kind);
                        });
            }
        }
        return text.toString();
    }
}
