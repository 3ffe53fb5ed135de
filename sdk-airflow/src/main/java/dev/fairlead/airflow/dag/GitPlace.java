package dev.fairlead.airflow.dag;

import dev.fairlead.credentials.CredentialsProvider;
import java.util.Optional;
import java.util.function.Consumer;

/** Says where in a git repository DAGs go, and as whom. */
public interface GitPlace {
    /** Returns the repository. */
    String uri();

    /** Returns the branch; empty means the repository's default one, or {@code main} where it is empty. */
    Optional<String> branch();

    /** Returns the folder within the repository, without a slash at either end; empty means its root. */
    String path();

    /** Returns who pushes; a user with a password, or a token; none by default. SSH keys are JGit's own matter. */
    CredentialsProvider credentials();

    /** Returns the author of the commits; {@code Fairlead} by default. */
    String authorName();

    /** Returns the author's mail address; {@code fairlead@localhost} by default. */
    String authorEmail();

    /** Starts the description of a place in a repository. */
    static Builder builder(String uri) {
        return ImmutableGitPlace.builder().uri(uri);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default GitPlace with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the repository: {@code https://host/team/dags.git}, {@code ssh://git@host/team/dags.git}, {@code file:///srv/dags.git}. */
        Builder uri(String uri);

        /** Sets the branch. */
        Builder branch(String branch);

        /** Sets the folder within the repository, such as {@code dags/ml}. */
        Builder path(String path);

        /** Sets who pushes. */
        Builder credentials(CredentialsProvider credentials);

        /** Pushes with a token, as hosts of repositories give them out. */
        default Builder token(String token) {
            return credentials(CredentialsProvider.bearer(token));
        }

        /** Pushes as a user with a password. */
        default Builder basic(String username, String password) {
            return credentials(CredentialsProvider.basic(username, password));
        }

        /** Sets the author of the commits. */
        Builder authorName(String name);

        /** Sets the author's mail address. */
        Builder authorEmail(String email);

        /** Sets the author of the commits. */
        default Builder author(String name, String email) {
            return authorName(name).authorEmail(email);
        }

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        GitPlace build();
    }
}
