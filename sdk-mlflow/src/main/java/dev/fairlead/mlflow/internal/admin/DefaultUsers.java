package dev.fairlead.mlflow.internal.admin;

import static dev.fairlead.mlflow.internal.admin.AdminCalls.V2;

import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.admin.User;
import dev.fairlead.mlflow.admin.Users;
import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.wire.AdminWire;
import dev.fairlead.mlflow.internal.wire.AdminWire.Login;
import dev.fairlead.mlflow.internal.wire.AdminWire.UserBody;
import dev.fairlead.mlflow.internal.wire.AdminWire.UserSingle;
import dev.fairlead.mlflow.internal.wire.ServerWire;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.Repeat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users on the server. */
public final class DefaultUsers implements Users {
    private static final int SHORTEST_PASSWORD = 12;

    private final Api api;
    private final AdminCalls calls;

    /** Creates the area. */
    public DefaultUsers(Api api) {
        this.api = api;
        this.calls = new AdminCalls(api);
    }

    @Override
    public User create(String name, String password) {
        // a lost answer is not adopted: who has the name might have another password
        return value(
                calls.send("POST", V2, "users/create", login(name, password), UserSingle.class, Repeat.onlyIfRefused())
                        .user());
    }

    private static Login login(String name, String password) {
        return login(name, password, null);
    }

    private static Login login(String name, String password, @Nullable String current) {
        Problems.check("user", (Problems.Checked) at -> {
            at.requireText("name", name);
            at.require(
                    password.length() >= SHORTEST_PASSWORD,
                    "password",
                    "must have at least " + SHORTEST_PASSWORD + " characters",
                    password.length() + " characters");
        });
        return new Login(name, password, current);
    }

    @Override
    public User get(String name) {
        return value(read(calls, name));
    }

    static UserBody read(AdminCalls calls, String name) {
        return calls.get(V2, "users/get", UserSingle.class, q -> q.query("username", name))
                .user();
    }

    @Override
    public Optional<User> find(String name) {
        try {
            return Optional.of(get(name));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<User> list() {
        api.require("listing users", "3.10");
        List<UserBody> users =
                calls.get(V2, "users/list", AdminWire.UserList.class, q -> {}).users();
        return users == null
                ? List.of()
                : users.stream().map(DefaultUsers::value).toList();
    }

    @Override
    public void setPassword(String name, String password) {
        calls.send("PATCH", V2, "users/update-password", login(name, password));
    }

    @Override
    public void changePassword(String name, String current, String password) {
        Login login = login(name, password, current);
        api.require("changing one's own password", "3.13");
        // sent twice, the second would be refused: the login it is sent with no longer holds
        calls.send("PATCH", V2, "users/update-password", login, ServerWire.Empty.class, Repeat.onlyIfRefused());
    }

    @Override
    public void setAdmin(String name, boolean admin) {
        calls.send("PATCH", V2, "users/update-admin", new AdminWire.SetAdmin(name, admin));
    }

    @Override
    public boolean delete(String name) {
        return calls.remove("DELETE", V2, "users/delete", new AdminWire.Username(name));
    }

    private static User value(UserBody wire) {
        return new User(wire.id(), wire.username(), Boolean.TRUE.equals(wire.isAdmin()));
    }
}
