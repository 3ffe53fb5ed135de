package dev.fairlead.mlflow.internal.admin;

import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.admin.Workspace;
import dev.fairlead.mlflow.admin.WorkspaceDeletion;
import dev.fairlead.mlflow.admin.WorkspaceSpec;
import dev.fairlead.mlflow.admin.Workspaces;
import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.Lost;
import dev.fairlead.mlflow.internal.wire.AdminWire;
import dev.fairlead.mlflow.internal.wire.AdminWire.WorkspaceBody;
import dev.fairlead.mlflow.internal.wire.AdminWire.WorkspaceSingle;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.Repeat;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Workspaces on the server. */
public final class DefaultWorkspaces implements Workspaces {
    private static final String PATH = "/api/3.0/mlflow/workspaces";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,61}[a-z0-9]");

    private final Api api;

    /** Creates the area on calls that are made in no workspace. */
    public DefaultWorkspaces(Api api) {
        this.api = api;
    }

    /** Refuses a name that no workspace can have. */
    public static String checked(String name) {
        Problems.check("workspace", (Problems.Checked) at -> at.require(
                NAME.matcher(name).matches(), "name", "must be 2 to 63 small letters, digits and inner hyphens", name));
        return name;
    }

    @Override
    public List<Workspace> list() {
        api.requireWorkspaces();
        List<WorkspaceBody> all = api.calls()
                .call(CallSpec.get("workspaces/list", PATH, Decoder.json(Api.JSON, AdminWire.WorkspaceList.class))
                        .build())
                .workspaces();
        return all == null
                ? List.of()
                : all.stream().map(DefaultWorkspaces::value).toList();
    }

    @Override
    public Workspace get(String name) {
        api.requireWorkspaces();
        return value(api.calls()
                .call(CallSpec.get("workspaces/get", path(name), Decoder.json(Api.JSON, WorkspaceSingle.class))
                        .build())
                .workspace());
    }

    @Override
    public Optional<Workspace> find(String name) {
        try {
            return Optional.of(get(name));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public Workspace ensure(String name, Consumer<WorkspaceSpec.Builder> spec) {
        Optional<Workspace> found = find(name);
        if (found.isPresent()) {
            return found.get();
        }
        try {
            return create(name, spec);
        } catch (ConflictException e) {
            return get(name); // another was faster
        }
    }

    @Override
    public Workspace create(String name, Consumer<WorkspaceSpec.Builder> spec) {
        WorkspaceBody body = body(checked(name), spec);
        api.requireWorkspaces();
        // a name is unique: what a lost attempt made is found by it
        return value(Lost.named(
                        api,
                        deadline -> find(name).map(DefaultWorkspaces::wire),
                        repeat -> send(
                                CallSpec.post(
                                        "workspaces/create",
                                        PATH,
                                        json(body),
                                        Decoder.json(Api.JSON, WorkspaceSingle.class)),
                                repeat))
                .workspace());
    }

    @Override
    public Workspace update(String name, Consumer<WorkspaceSpec.Builder> spec) {
        WorkspaceBody body = body(null, spec);
        api.requireWorkspaces();
        return value(send(
                        CallSpec.of(
                                "workspaces/update",
                                "PATCH",
                                path(name),
                                json(body),
                                Decoder.json(Api.JSON, WorkspaceSingle.class)),
                        Repeat.safe())
                .workspace());
    }

    private WorkspaceSingle send(CallSpec.Builder<WorkspaceSingle> spec, Repeat<WorkspaceSingle> repeat) {
        return api.calls().call(spec.repeat(repeat).build());
    }

    @Override
    public boolean delete(String name, WorkspaceDeletion contents) {
        api.requireWorkspaces();
        try {
            api.calls()
                    .call(CallSpec.of("workspaces/delete", "DELETE", path(name), null, Decoder.nothing())
                            .query("mode", contents.name())
                            .repeatable()
                            .build());
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static String path(String name) {
        return PATH + "/" + CallSpec.encode(checked(name));
    }

    private static Body json(WorkspaceBody body) {
        return Body.json(Api.JSON.write(body));
    }

    private static WorkspaceBody body(@Nullable String name, Consumer<WorkspaceSpec.Builder> change) {
        WorkspaceSpec.Builder builder = WorkspaceSpec.builder();
        change.accept(builder);
        WorkspaceSpec spec = builder.build();
        return new WorkspaceBody(
                name,
                spec.description().orElse(null),
                spec.artifactRoot().map(URI::toString).orElse(null));
    }

    private static WorkspaceSingle wire(Workspace workspace) {
        return new WorkspaceSingle(new WorkspaceBody(
                workspace.name(),
                workspace.description(),
                workspace.artifactRoot().map(URI::toString).orElse(null)));
    }

    private static Workspace value(WorkspaceBody wire) {
        String name = wire.name();
        if (name == null) {
            throw new InvalidResponseException("mlflow answered with a workspace that has no name", null);
        }
        String root = wire.defaultArtifactRoot();
        return new Workspace(
                name,
                Objects.requireNonNullElse(wire.description(), ""),
                root == null || root.isEmpty() ? null : URI.create(root));
    }
}
