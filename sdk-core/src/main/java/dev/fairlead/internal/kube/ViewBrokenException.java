package dev.fairlead.internal.kube;

import dev.fairlead.error.MlPlatformException;

/** Says that a watch ended on a fault of ours, or of a listener. */
final class ViewBrokenException extends MlPlatformException {
    private static final long serialVersionUID = 1L;

    ViewBrokenException(String kind, RuntimeException cause) {
        super("the watch of " + kind + " ended on a fault: " + cause, cause);
    }
}
