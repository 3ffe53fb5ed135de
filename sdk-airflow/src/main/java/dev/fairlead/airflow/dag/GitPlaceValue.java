package dev.fairlead.airflow.dag;

import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.regex.Pattern;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class GitPlaceValue implements GitPlace, Problems.Checked {
    private static final Pattern PASSWORD = Pattern.compile("[a-z+]+://[^/@]*:[^/]*@.*");
    private static final Pattern ADDRESS = Pattern.compile("(https?|ssh|file)://[\\x21-\\x7e&&[^?#]]+");
    private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_./+#=-]*");
    private static final List<String> NO_STEPS = List.of("", ".", "..", ".git");

    @Override
    @Value.Default
    public String path() {
        return "";
    }

    @Override
    @Value.Default
    public CredentialsProvider credentials() {
        return CredentialsProvider.none();
    }

    @Override
    @Value.Default
    public String authorName() {
        return "Fairlead";
    }

    @Override
    @Value.Default
    public String authorEmail() {
        return "fairlead@localhost";
    }

    @Override
    public GitPlace.Builder toBuilder() {
        return ImmutableGitPlace.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (at.requireText("uri", uri())
                && at.require(
                        ADDRESS.matcher(uri()).matches(),
                        "uri",
                        "must be an address such as https://host/team/dags.git, ssh://git@host/team/dags.git or file:///srv/dags.git",
                        PASSWORD.matcher(uri()).matches() ? "***" : uri())) {
            at.require(
                    !PASSWORD.matcher(uri()).matches(),
                    "uri",
                    "must not hold a password; give it as credentials, or as the setting airflow.dags-password",
                    "an address with a password");
        }
        branch().ifPresent(b -> at.require(
                BRANCH.matcher(b).matches() && !b.contains("..") && !b.endsWith("/") && !b.endsWith(".lock"),
                "branch",
                "must be the name of a branch, such as main",
                b));
        if (at.requireSet("path", path()) && !path().isEmpty()) {
            at.require(
                    List.of(path().split("/", -1)).stream().noneMatch(NO_STEPS::contains)
                            && path().chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '\\'),
                    "path",
                    "must be a folder within the repository, such as dags/ml, without a slash at either end",
                    path());
        }
        at.requireText("authorName", authorName());
        at.requireText("authorEmail", authorEmail());
    }

    @Override
    public String toString() {
        return "GitPlace[" + (PASSWORD.matcher(uri()).matches() ? "***" : uri())
                + branch().map(b -> " " + b).orElse("") + (path().isEmpty() ? "" : " " + path()) + "]";
    }

    abstract static class Builder extends ValueBuilder<GitPlaceValue> implements GitPlace.Builder {}
}
