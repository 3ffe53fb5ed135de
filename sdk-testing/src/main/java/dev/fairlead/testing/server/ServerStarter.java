package dev.fairlead.testing.server;

import java.util.Optional;

/** How one kind of server comes to run. */
interface ServerStarter {

    /**
     * Says what is missing, installing what may be installed.
     *
     * @param mayInstall whether long installations (Kubernetes, Debian packages) may be made
     * @return nothing when the server can be started, else the reason with the one command that helps
     */
    Optional<String> missing(boolean mayInstall);

    LocalServer start();
}
