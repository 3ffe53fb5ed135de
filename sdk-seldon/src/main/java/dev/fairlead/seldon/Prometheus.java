package dev.fairlead.seldon;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.ServiceErrors;
import dev.fairlead.spi.ServiceSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks Prometheus for one value. */
final class Prometheus {
    private static final ServiceSpec SERVICE = new ServiceSpec("prometheus", ServiceErrors.byStatus());

    private final PlatformSpi platform;

    Prometheus(PlatformSpi platform) {
        this.platform = platform;
    }

    private record Answer(@Nullable Data data) {}

    private record Data(
            @Nullable String resultType, @Nullable Object result) {}

    /** Opens the line, or throws a {@link dev.fairlead.error.ConfigurationException} where nobody said where Prometheus is. */
    HttpCalls require() {
        return platform.http(SERVICE);
    }

    /** Compares a query's value with its bound; whatever keeps us from knowing it is no verdict. */
    RolloutVerdict judge(String query, double most) {
        double value;
        try {
            value = value(query);
        } catch (MlPlatformException unknown) {
            return RolloutVerdict.unknown(String.valueOf(unknown.getMessage()));
        }
        if (Double.isNaN(value)) {
            return RolloutVerdict.unknown("no requests yet");
        }
        String words = String.format(Locale.ROOT, "%.4g, at most %.4g", value, most);
        return value <= most ? RolloutVerdict.passed(words) : RolloutVerdict.failed(words);
    }

    /** Returns the value, or NaN where there is none. */
    private double value(String query) {
        Answer answer = require()
                .call(CallSpec.get("query", "/api/v1/query", Decoder.json(JsonCodec.camelCase(), Answer.class))
                        .query("query", query)
                        .build());
        if (answer.data() == null || !(answer.data().result() instanceof List<?> result)) {
            throw new InvalidResponseException("prometheus query: the answer holds no result", null);
        }
        return "scalar".equals(answer.data().resultType()) ? number(result) : ofSeries(query, result);
    }

    private static double ofSeries(String query, List<?> series) {
        if (series.size() > 1) {
            throw new InvalidResponseException(
                    "prometheus query: a guard needs one value, not " + series.size() + ", from " + query, null);
        }
        return series.isEmpty()
                        || !(series.get(0) instanceof Map<?, ?> only)
                        || !(only.get("value") instanceof List<?> sample)
                ? Double.NaN
                : number(sample);
    }

    /** Reads a sample: a time, and a number as text. */
    private static double number(List<?> sample) {
        String text = sample.size() == 2 ? String.valueOf(sample.get(1)) : "";
        try {
            return text.endsWith("Inf") ? Double.parseDouble(text + "inity") : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new InvalidResponseException("prometheus query: '" + text + "' is no number", e);
        }
    }
}
