package dev.fairlead.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelUriTest {
    @Test
    @Proves("mlflow.model-uri")
    void parse_everyForm_isRead() {
        assertThat(ModelUri.parse("models:/flights/3")).isEqualTo(ModelUri.version("flights", "3"));
        assertThat(ModelUri.parse("flights/3")).isEqualTo(ModelUri.version("flights", "3"));
        assertThat(ModelUri.parse("models:/flights@champion")).isEqualTo(ModelUri.alias("flights", "champion"));
        assertThat(ModelUri.parse("flights@champion")).isEqualTo(ModelUri.alias("flights", "champion"));
        assertThat(ModelUri.parse("models:/flights/latest")).isEqualTo(ModelUri.latest("flights"));
        assertThat(ModelUri.parse("models:/flights/Production")).isEqualTo(new ModelUri.Stage("flights", "Production"));
        assertThat(ModelUri.parse("models:/m-0123456789abcdef0123456789abcdef"))
                .isEqualTo(new ModelUri.LoggedModel("m-0123456789abcdef0123456789abcdef"));
        assertThat(ModelUri.parse("models:/my-model")).isEqualTo(ModelUri.logged("my-model"));
        assertThat(ModelUri.parse("mlflow-artifacts:/1/models/m-1/artifacts"))
                .isEqualTo(ModelUri.location(URI.create("mlflow-artifacts:/1/models/m-1/artifacts")));
        assertThat(ModelUri.parse("a@b@champion")).isEqualTo(ModelUri.alias("a@b", "champion"));
        assertThat(ModelUri.parse("runs:/abc/a/model")).isEqualTo(ModelUri.run("abc", "a/model"));
        assertThat(ModelUri.parse("s3://b/m")).isEqualTo(ModelUri.location(URI.create("s3://b/m")));
    }

    @Test
    @Proves("mlflow.model-uri")
    void toString_isReadBackTheSame() {
        for (String text : List.of(
                "models:/f l/3",
                "models:/f@a-b_1",
                "models:/f/latest",
                "models:/f/Staging",
                "models:/m-1",
                "runs:/r/m",
                "gs://b/x")) {
            assertThat(ModelUri.parse(text)).hasToString(text);
        }
    }

    @Test
    void parse_anythingElse_isRefusedWithTheForms() {
        for (String text : List.of(
                "flights",
                "",
                "a/b/c",
                "flights/",
                "/3",
                "models:/",
                "flights@v3",
                "flights@latest",
                "flights@",
                "runs:/abc",
                "models:/@a")) {
            assertThatThrownBy(() -> ModelUri.parse(text)).as(text).isInstanceOf(InvalidValueException.class);
        }
        assertThatThrownBy(() -> ModelUri.parse("flights"))
                .hasMessage("invalid model reference: model must be written name@alias, name/version, name/latest, "
                        + "runs:/id/path or an address, was 'flights'");
    }
}
