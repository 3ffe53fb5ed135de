package dev.fairlead.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidResponseException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonCodecTest {
    record Wire(String runId, Long startTime) {}

    @Test
    void snake_record_roundTripsAndIgnoresUnknown() {
        JsonCodec codec = JsonCodec.snakeCase();
        assertThat(codec.text(new Wire("a", null))).isEqualTo("{\"run_id\":\"a\"}");
        assertThat(codec.read("{\"run_id\":\"a\",\"start_time\":7,\"new\":[1]}".getBytes(UTF_8), Wire.class, "wire"))
                .isEqualTo(new Wire("a", 7L));
    }

    @Test
    void tree_numbers_staySame() {
        String json = "{\"a\":18446744073709551615,\"b\":0.1000000000000000055511151231257827,\"c\":null}";
        JsonCodec codec = JsonCodec.camelCase();
        Map<String, Object> tree = codec.object(json.getBytes(UTF_8), "tree");
        assertThat(codec.text(tree)).isEqualTo(json);
    }

    @Test
    void read_wrong_namesWhat() {
        JsonCodec codec = JsonCodec.camelCase();
        assertThatThrownBy(() -> codec.read("{".getBytes(UTF_8), Wire.class, "the run"))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageStartingWith("the run is not the JSON that was expected");
        assertThatThrownBy(() -> codec.read("null".getBytes(UTF_8), Wire.class, "the run"))
                .isInstanceOf(InvalidResponseException.class);
        assertThatThrownBy(() -> codec.tree("[".repeat(500).getBytes(UTF_8), "the run"))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void yaml_roundTrips_andRefusesTags() {
        assertThat(Yaml.read(Yaml.write(Map.of("a", "1", "b", 2)), "doc")).isEqualTo(Map.of("a", "1", "b", 2));
        assertThatThrownBy(() -> Yaml.read("a: !!javax.script.ScriptEngineManager []", "doc"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("doc is not valid YAML");
    }
}
