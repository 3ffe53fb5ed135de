package dev.fairlead.mlflow.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.InvalidValueException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PromptTemplateTest {
    @Property
    void fill_withAnyValue_putsItThereAsItIs(@ForAll String value) {
        PromptTemplate.Text filled = PromptTemplate.text("<{{a}}|{{ b }}>").fill(Map.of("a", value, "b", "{{a}}"));

        assertThat(filled.text()).isEqualTo("<" + value + "|{{a}}>");
    }

    @Test
    void variables_areWhatPythonTakesForThem() {
        assertThat(PromptTemplate.text("{{a}} {{ _b.c1 }} {{1x}} {{a b}} {d} {{}} {{a}}")
                        .variables())
                .containsExactly("a", "_b.c1");
    }

    @Test
    void fill_ofAChat_keepsWhatIsNoText() {
        ChatMessage parts = new ChatMessage("user", "", Map.of("content", List.of("{{a}}")));

        assertThat(PromptTemplate.chat(parts).fill(Map.of()).messages()).containsExactly(parts);
        assertThat(parts.toTree()).containsEntry("content", List.of("{{a}}"));
    }

    @Test
    void uri_isReadInAllItsForms_andRefusedOtherwise() {
        assertThat(PromptUri.parse("prompts:/a.b/3")).isEqualTo(PromptUri.version("a.b", "3"));
        assertThat(PromptUri.parse("a@prod")).isEqualTo(PromptUri.alias("a", "prod"));
        assertThat(PromptUri.parse("a@latest")).isEqualTo(PromptUri.latest("a"));
        assertThat(PromptUri.parse("a")).hasToString("prompts:/a@latest");
        for (String wrong : new String[] {"", "a/b", "a@", "models:/a/1", "a@v1", "a b"}) {
            assertThatThrownBy(() -> PromptUri.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("must");
        }
    }
}
