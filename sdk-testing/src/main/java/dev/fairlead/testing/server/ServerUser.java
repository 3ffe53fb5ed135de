package dev.fairlead.testing.server;

/**
 * A user a server was started with.
 *
 * @param name the name to log in with
 * @param password made at random for this start
 */
public record ServerUser(String name, String password) {

    /**
     * Returns the name; the password stays out of logs.
     *
     * @return for example {@code ServerUser[admin, ***]}
     */
    @Override
    public String toString() {
        return "ServerUser[" + name + ", ***]";
    }
}
