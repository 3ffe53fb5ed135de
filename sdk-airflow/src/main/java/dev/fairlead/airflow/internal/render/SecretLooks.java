package dev.fairlead.airflow.internal.render;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells what looks like a secret. Errs on the side of letting pass: a false alarm stops honest work. */
public final class SecretLooks {
    /** What is shown in a secret's place. */
    public static final String HIDDEN = "***";

    private static final Pattern NAME = Pattern.compile(
            "(.*[_.-])?(password|passwd|passphrase|secret|secret_?key|secret_?access_?key|access_?token|auth_?token|api_?key|"
                    + "private_?key|client_?secret|bearer_?token)");
    private static final Pattern VALUE = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"
            + "|\\bAKIA[0-9A-Z]{16}\\b"
            + "|\\bgh[pousr]_[A-Za-z0-9]{30,}"
            + "|\\bxox[abprs]-[A-Za-z0-9-]{10,}"
            + "|\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}"
            // bounded, so that a long text is searched in one go
            + "|\\b[a-z][a-z0-9+.-]{0,20}://[^/\\s:@{}<>$]{0,200}:[^/\\s:@{}<>$]{1,200}@");

    private SecretLooks() {}

    /** Tells whether a text is named as a secret is. */
    public static boolean named(String name, String text) {
        return !text.isBlank() && NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** Tells whether a text has the form of a credential, or of an address with a password in it. */
    public static boolean like(String text) {
        return VALUE.matcher(text).find();
    }
}
