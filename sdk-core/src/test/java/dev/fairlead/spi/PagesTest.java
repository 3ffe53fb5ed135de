package dev.fairlead.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.support.Proves;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@Proves("core.paging")
class PagesTest {
    private final List<String> asked = new ArrayList<>();

    private final PagedIterable<Integer> numbers = Pages.of("numbers", token -> {
        asked.add(String.valueOf(token));
        return switch (String.valueOf(token)) {
            case "null" -> new Page<>(List.of(1, 2), "a");
            case "a" -> new Page<>(List.of(), "b");
            default -> new Page<>(List.of(3), "");
        };
    });

    @Test
    void iterate_emptyPageWithToken_isNotTheEnd() {
        assertThat(numbers).containsExactly(1, 2, 3);
        assertThat(asked).containsExactly("null", "a", "b");
    }

    @Test
    void iterate_again_startsAfresh() {
        assertThat(numbers.stream().mapToInt(i -> i).sum()).isEqualTo(6);
        assertThat(numbers.stream().mapToInt(i -> i).sum()).isEqualTo(6);
        assertThat(asked).hasSize(6);
    }

    @Test
    void stream_limited_fetchesNoMoreThanNeeded() {
        assertThat(numbers.stream().limit(2)).containsExactly(1, 2);
        assertThat(asked).containsExactly("null");
    }

    @Test
    void iterate_unmovedToken_isAnError() {
        PagedIterable<Integer> stuck = Pages.of("stuck", token -> new Page<>(List.of(1), "same"));
        assertThatThrownBy(() -> stuck.forEach(i -> {}))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("stuck answered with the page token it was asked with");
    }
}
