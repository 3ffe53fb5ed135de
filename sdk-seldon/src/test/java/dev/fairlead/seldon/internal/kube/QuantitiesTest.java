package dev.fairlead.seldon.internal.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "1000m, 1", "1500m, 1500m", "0.5, 500m", "2048Mi, 2Gi", "1.5Gi, 1536Mi", "1536Mi, 1536Mi", "1500.0M, 1500M",
        "1.5G, 1500M", "1e6, 1e6", "1000e6, 1e9", "500000k, 500M", "600M, 600M", "1000000000, 1G", "1023Ki, 1023Ki",
        "0.5Ki, 512", "1Ki, 1Ki", "0, 0", "+5, 5", "half, half", "1500E, 1500E", "10000E, 10000E"
    })
    void canonical_amount_isWrittenAsKubernetesDoes(String given, String canonical) {
        assertThat(Quantities.canonical(given)).isEqualTo(canonical);
    }

    @Test
    void canonicalPod_requestsLimitsAndSizes_areWrittenAnew() {
        Map<String, Object> requests = new HashMap<>(Map.of("cpu", "1000m", "memory", 2048));
        Map<String, Object> volume = new HashMap<>(Map.of("sizeLimit", "1024Mi"));
        Quantities.canonicalPod(Map.of(
                "containers",
                List.of(Map.of("name", "1000m", "resources", Map.of("requests", requests))),
                "volume",
                volume));
        assertThat(requests).containsExactlyInAnyOrderEntriesOf(Map.of("cpu", "1", "memory", "2048"));
        assertThat(volume).containsEntry("sizeLimit", "1Gi");
    }
}
