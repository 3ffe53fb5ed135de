package dev.fairlead.airflow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is what somebody answered.
 *
 * @param chosen the options that were chosen
 * @param params the values that were given along
 * @param by the name of the user who answered; empty where nobody did in time
 * @param at when, or {@code null} where the server does not say
 */
public record ApprovalAnswer(
        List<String> chosen,
        Map<String, Object> params,
        String by,
        @Nullable Instant at) {
    /** Copies the options. */
    public ApprovalAnswer {
        chosen = List.copyOf(chosen);
    }
}
