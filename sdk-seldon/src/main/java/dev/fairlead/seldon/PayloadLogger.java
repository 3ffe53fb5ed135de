package dev.fairlead.seldon;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says that a node's payloads are sent on as CloudEvents.
 *
 * @param mode {@code all}, {@code request} or {@code response}
 * @param url where to, or {@code null} for the operator's default
 */
public record PayloadLogger(String mode, @Nullable String url) {
    /** Sends requests and answers to the operator's default address. */
    public static PayloadLogger all() {
        return new PayloadLogger("all", null);
    }

    /** Sends requests to the operator's default address. */
    public static PayloadLogger requests() {
        return new PayloadLogger("request", null);
    }

    /** Sends answers to the operator's default address. */
    public static PayloadLogger responses() {
        return new PayloadLogger("response", null);
    }

    /** Sends them to an address. */
    public PayloadLogger to(String address) {
        return new PayloadLogger(mode, address);
    }

    /** Returns where to. */
    public Optional<String> address() {
        return Optional.ofNullable(url);
    }
}
