package dev.fairlead.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.support.Proves;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FilterTest {
    @Test
    void text_eachKind_isWhatTheServerReads() {
        Filter filter = Filter.param("depth")
                .eq("6")
                .and(Filter.metric("val loss").lt(0.3))
                .and(Filter.tag("mlflow.user").like("me%"))
                .and(Filter.attribute("status").ne("FAILED"))
                .and(Filter.numericAttribute("start_time").ge(1_700_000_000_000.0));

        assertThat(filter.text())
                .isEqualTo("params.`depth` = '6' and metrics.`val loss` < 0.3 and tags.`mlflow.user` LIKE 'me%' "
                        + "and attribute.status != 'FAILED' and attribute.start_time >= 1700000000000");
        assertThat(Filter.ALL.text()).isEmpty();
        assertThat(Filter.ALL.and(filter)).isEqualTo(filter);
    }

    @Test
    @Proves("mlflow.search.injection")
    void eq_quotes_chooseTheStyleThatFits() {
        assertThat(Filter.tag("a").eq("it's").text()).isEqualTo("tags.`a` = \"it's\"");
        assertThat(Filter.tag("a").eq("say \"x\"").text()).isEqualTo("tags.`a` = 'say \"x\"'");
        assertThatThrownBy(() -> Filter.tag("a").eq("both ' and \""))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("invalid filter: tags.`a` must not be compared with a value that holds both ' and \","
                        + " for MLflow cannot search it, was both ' and \"");
    }

    @Test
    @Proves("mlflow.search.injection")
    void and_valueEndingWithABackslash_standsLast() {
        Filter swallowing = Filter.tag("a").eq("x\\");

        assertThat(swallowing.and(Filter.tag("b").eq(" or y")).text())
                .isEqualTo("tags.`b` = ' or y' and tags.`a` = 'x\\'");
        assertThatThrownBy(() -> swallowing.and(Filter.tag("c").eq("z\\")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("two values that end with a backslash");
    }

    @Test
    void names_thatCouldChangeTheSearch_areRefused() {
        assertThatThrownBy(() -> Filter.tag("a`b"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("back-tick");
        assertThatThrownBy(() -> Filter.attribute("status = 'x' or name")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Filter.metric("m").eq(Double.NaN)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Order.metric("a` DESC, `b")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Order.attribute("start_time DESC")).isInstanceOf(InvalidValueException.class);
    }

    @Property(tries = 500)
    void eq_anyValue_isOneQuotedTextOrRefused(@ForAll String value) {
        String text;
        try {
            text = Filter.tag("k").eq(value).text();
        } catch (InvalidValueException e) {
            assertThat(value).contains("'").contains("\"");
            return;
        }
        char quote = text.charAt(text.length() - 1);
        assertThat(text).isEqualTo("tags.`k` = " + quote + value + quote);
        assertThat(value.indexOf(quote)).isNegative();
    }
}
