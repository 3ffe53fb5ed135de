package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.admin.Grant;
import dev.fairlead.mlflow.admin.Permission;
import dev.fairlead.mlflow.admin.Permissions;
import dev.fairlead.mlflow.admin.Resource;
import dev.fairlead.mlflow.admin.Role;
import dev.fairlead.mlflow.admin.Roles;
import dev.fairlead.mlflow.admin.User;
import dev.fairlead.mlflow.admin.Users;
import dev.fairlead.mlflow.admin.Workspace;
import dev.fairlead.support.Proves;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Users, permissions and roles on a server that has them; the place's client is the administrator. */
abstract class UsersContract extends MlflowContract {
    private static final String PASSWORD = "a password of ann's";

    private Users users() {
        return mlflow.users();
    }

    private Permissions permissions() {
        return mlflow.permissions();
    }

    private boolean current() {
        return mlflow.server().atLeast(3, 12);
    }

    private User ann() {
        return users().create(unique("ann"), PASSWORD);
    }

    private MlflowClient as(User user) {
        return place.client().endpoint(e -> e.basic(user.name(), PASSWORD)).build();
    }

    @Test
    @Proves("mlflow.users")
    void user_madeChangedDeleted_isReadBack() {
        User ann = ann();

        assertThat(ann.admin()).isFalse();
        assertThat(users().get(ann.name())).isEqualTo(ann);
        users().setAdmin(ann.name(), true);
        assertThat(users().find(ann.name())).contains(new User(ann.id(), ann.name(), true));
        users().setPassword(ann.name(), "another password");
        refusedWith(() -> as(ann).experiments().get("0"), UnauthenticatedException.class);
        assertThat(users().delete(ann.name())).isTrue();
        assertThat(users().delete(ann.name())).isFalse();
        assertThat(users().find(ann.name())).isEmpty();
        refusedWith(() -> users().get(ann.name()), NotFoundException.class, ann.name());
    }

    @Test
    @Proves("mlflow.users.no-secrets")
    void create_takenName_tellsNeitherPasswordNorHash() {
        User ann = ann();

        assertThatThrownBy(() -> users().create(ann.name(), "the second password"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("User (username=" + ann.name() + ") already exists")
                .hasMessageNotContaining("scrypt")
                .hasMessageNotContaining("pbkdf2")
                .hasMessageNotContaining("password");
        assertThatThrownBy(() -> users().create(unique("bob"), "short"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("at least 12 characters, was '5 characters'")
                .hasMessageNotContaining("short");
        assertThatThrownBy(() -> users().setPassword("nobody", "the second password"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageNotContaining("the second password");
    }

    @Test
    @Proves("mlflow.users")
    void list_andOwnPassword_whereTheServerOffersThem() {
        User ann = ann();
        if (!current()) {
            refusedWith(() -> users().list(), UnsupportedByServerException.class, "listing users", "MLflow 3");
            refusedWith(
                    () -> as(ann).users().changePassword(ann.name(), PASSWORD, "the next password"),
                    UnsupportedByServerException.class,
                    "own password");
            assertThat(place.requests("users/list")).isEmpty();
            assertThat(place.requests("users/update-password")).isEmpty();
            return;
        }
        assertThat(users().list()).contains(ann);
        as(ann).users().changePassword(ann.name(), PASSWORD, "the next password");
        refusedWith(() -> as(ann).experiments().get("0"), UnauthenticatedException.class);
    }

    @Test
    @Proves("mlflow.users")
    void user_withoutRights_isRefusedByType() {
        User ann = ann();

        refusedWith(
                () -> as(ann).users().create(unique("cyd"), PASSWORD), PermissionException.class, "Permission denied");
        refusedWith(() -> as(ann).users().get("admin"), PermissionException.class, "Permission denied");
        assertThat(as(ann).users().get(ann.name())).isEqualTo(ann);
    }

    @Test
    @Proves("mlflow.permissions")
    void grant_edit_letsTheUserWorkUntilRevoked() {
        User ann = ann();
        Resource resource = Resource.experiment(experiment.id());
        MlflowClient hers = as(ann);
        assertThat(hers.experiments().get(experiment.id()).name()).isEqualTo(experiment.name());
        refusedWith(() -> hers.runs().start(experiment), PermissionException.class, "403", "Permission denied");

        permissions().grant(ann.name(), resource, Permission.EDIT);
        ActiveRun run = hers.runs().start(experiment);
        run.logMetric("m", 1).finish();
        assertThat(permissions().find(ann.name(), resource)).contains(Permission.EDIT);
        assertThat(permissions().list(ann.name())).containsExactly(new Grant(resource, Permission.EDIT));

        assertThat(permissions().revoke(ann.name(), resource)).isTrue();
        assertThat(permissions().revoke(ann.name(), resource)).isFalse();
        assertThat(permissions().find(ann.name(), resource)).isEmpty();
        refusedWith(() -> run.setTag("a", "b"), PermissionException.class);
    }

    @Test
    @Proves("mlflow.permissions")
    void grant_again_replacesWhatWasGiven() {
        User ann = ann();
        Resource resource = Resource.experiment(experiment.id());

        permissions().grant(ann.name(), resource, Permission.MANAGE);
        permissions().grant(ann.name(), resource, Permission.MANAGE);
        permissions().grant(ann.name(), resource, Permission.READ);

        assertThat(permissions().find(ann.name(), resource)).contains(Permission.READ);
        refusedWith(() -> as(ann).runs().start(experiment), PermissionException.class);
    }

    @Test
    @Proves("mlflow.permissions")
    void grant_byWhoManagesTheResource_isGiven() {
        User ann = ann();
        User bob = users().create(unique("bob"), PASSWORD);
        Resource resource = Resource.experiment(experiment.id());
        permissions().grant(ann.name(), resource, Permission.MANAGE);

        as(ann).permissions().grant(bob.name(), resource, Permission.READ);
        as(ann).permissions().grant(bob.name(), resource, Permission.EDIT);

        assertThat(permissions().find(bob.name(), resource)).contains(Permission.EDIT);
        refusedWith(
                () -> as(bob).permissions().grant(bob.name(), resource, Permission.MANAGE), PermissionException.class);
    }

    @Test
    @Proves("mlflow.permissions")
    void grant_onRegisteredModel_works() {
        User ann = ann();
        String model = mlflow.models().ensure(unique("model")).name();
        Resource resource = Resource.registeredModel(model);
        Map<String, String> change = Map.of("name", model, "description", "x");
        refusedWith(() -> as(ann).raw().patch("registered-models/update", change), PermissionException.class);

        permissions().grant(ann.name(), resource, Permission.EDIT);

        as(ann).raw().patch("registered-models/update", change);
        assertThat(permissions().list(ann.name())).containsExactly(new Grant(resource, Permission.EDIT));
        refusedWith(
                () -> permissions().grant(unique("nobody"), resource, Permission.EDIT),
                NotFoundException.class,
                "nobody");
    }

    @Test
    @Proves("mlflow.permissions")
    void effective_permission_whereTheServerTells() {
        User ann = ann();
        Resource resource = Resource.experiment(experiment.id());
        if (!current()) {
            refusedWith(
                    () -> permissions().effective(ann.name(), resource),
                    UnsupportedByServerException.class,
                    "effective permission");
            refusedWith(
                    () -> permissions().grant(ann.name(), Resource.prompt("p"), Permission.READ),
                    UnsupportedByServerException.class,
                    "permissions on prompt p");
            assertThat(place.requests("permissions/create")).isEmpty();
            return;
        }
        assertThat(permissions().effective(ann.name(), resource)).isEqualTo(Permission.READ);
        permissions().grant(ann.name(), resource, Permission.EDIT);
        assertThat(permissions().effective(ann.name(), resource)).isEqualTo(Permission.EDIT);
        assertThat(permissions().effective("admin", resource)).isEqualTo(Permission.MANAGE);
    }

    @Test
    @Proves("mlflow.roles")
    void role_givenAndTaken_decidesWhatTheUserMay() {
        Roles roles = mlflow.roles();
        String name = unique("editors");
        if (!current()) {
            refusedWith(
                    () -> roles.create(Workspace.DEFAULT, name, ""),
                    UnsupportedByServerException.class,
                    "does not support roles");
            assertThat(place.requests("roles/create")).isEmpty();
            return;
        }
        User ann = ann();
        Role role = roles.create(Workspace.DEFAULT, name, "may change experiments");
        assertThat(roles.get(role.id())).isEqualTo(role);
        refusedWith(() -> roles.create(Workspace.DEFAULT, name, ""), ConflictException.class, name);
        Resource all = Resource.all("experiment");

        roles.allow(role.id(), all, Permission.READ);
        Role changed = roles.allow(role.id(), all, Permission.EDIT);
        assertThat(changed.grants()).containsExactly(new Grant(all, Permission.EDIT));
        assertThat(roles.assign(role.id(), ann.name())).isTrue();
        assertThat(roles.assign(role.id(), ann.name())).isFalse();
        assertThat(roles.of(ann.name())).containsExactly(changed);
        as(ann).runs().start(experiment).finish();

        assertThat(roles.unassign(role.id(), ann.name())).isTrue();
        assertThat(roles.unassign(role.id(), ann.name())).isFalse();
        refusedWith(() -> as(ann).runs().start(experiment), PermissionException.class);
        assertThat(roles.disallow(role.id(), all)).isTrue();
        assertThat(roles.disallow(role.id(), all)).isFalse();
        assertThat(roles.rename(role.id(), name + "-2").name()).isEqualTo(name + "-2");
        assertThat(roles.describe(role.id(), "nothing").description()).isEqualTo("nothing");
        assertThat(roles.list()).extracting(Role::id).contains(role.id());
        assertThat(roles.list(Workspace.DEFAULT))
                .extracting(Role::name)
                .contains(name + "-2")
                .noneMatch(n -> n.startsWith("__user_"));
        assertThat(roles.delete(role.id())).isTrue();
        assertThat(roles.delete(role.id())).isFalse();
        refusedWith(() -> roles.get(role.id()), NotFoundException.class, String.valueOf(role.id()));
    }

    @Test
    @Proves("mlflow.roles")
    void create_lostReply_makesOneRole() {
        if (current()) {
            String name = unique("lost");
            place.faults().dropNextReply("roles/create", 1);

            Role role = mlflow.roles().create(Workspace.DEFAULT, name, "");

            assertThat(mlflow.roles().list(Workspace.DEFAULT))
                    .filteredOn(r -> r.name().equals(name))
                    .containsExactly(role);
        }
    }
}
