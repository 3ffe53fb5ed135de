package dev.fairlead.internal.kube;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads private keys from PEM in the three forms that kubeconfigs carry: PKCS#8, PKCS#1 (RSA) and SEC 1 (EC). */
final class PrivateKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END");
    private static final byte[] RSA_ALGORITHM = hex("300d06092a864886f70d0101010500");
    private static final byte[] EC_PUBLIC_KEY = hex("06072a8648ce3d0201");

    private PrivateKeys() {}

    static PrivateKey read(byte[] pem) throws GeneralSecurityException {
        Matcher matcher = PEM.matcher(new String(pem, StandardCharsets.US_ASCII));
        if (!matcher.find()) {
            throw new InvalidKeySpecException("no unencrypted private key in PEM form ('BEGIN PRIVATE KEY')");
        }
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
        byte[] pkcs8 = switch (matcher.group(1)) {
            case "RSA PRIVATE KEY" -> wrap(RSA_ALGORITHM, der);
            case "EC PRIVATE KEY" -> wrap(sequence(join(EC_PUBLIC_KEY, curve(der))), der);
            default -> der;
        };
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // not a key of this kind: the next one is tried, and the end tells the reader
            }
        }
        throw new InvalidKeySpecException("neither an RSA nor an EC nor an Ed25519 key");
    }

    /** Wraps a key of an algorithm as PKCS#8: SEQUENCE {INTEGER 0, algorithm, OCTET STRING key}. */
    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return sequence(join(hex("020100"), algorithm, tagged(0x04, key)));
    }

    /** Finds the curve's object identifier, which SEC 1 keeps under the tag [0]. */
    private static byte[] curve(byte[] sec1) throws InvalidKeySpecException {
        for (int i = 0; i + 4 < sec1.length; i++) {
            int length = sec1[i + 1];
            boolean here = (sec1[i] & 0xff) == 0xa0 && sec1[i + 2] == 0x06 && sec1[i + 3] == length - 2;
            if (here && i + 2 + length <= sec1.length) {
                return java.util.Arrays.copyOfRange(sec1, i + 2, i + 2 + length);
            }
        }
        throw new InvalidKeySpecException("an EC key that does not name its curve");
    }

    private static byte[] sequence(byte[] content) {
        return tagged(0x30, content);
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length & 0xff);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] hex(String text) {
        return java.util.HexFormat.of().parseHex(text);
    }
}
