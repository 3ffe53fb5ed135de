package dev.fairlead.testing.server;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random passwords and tokens, letters and digits only. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    static String token() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
