package dev.fairlead.airflow.admin;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ConnectionSpecValue implements ConnectionSpec, Problems.Checked {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,200}");
    private static final int MAX_PORT = 65_535;

    @Override
    @Value.Redacted
    public abstract Optional<String> login();

    @Override
    @Value.Redacted
    public abstract Optional<String> password();

    @Override
    @Value.Redacted
    public abstract Map<String, Object> extra();

    @Override
    public ConnectionSpec.Builder toBuilder() {
        return ImmutableConnectionSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (at.requireText("id", id())) {
            at.require(
                    ID.matcher(id()).matches() && !id().equals(".") && !id().equals(".."),
                    "id",
                    "must be 1 to 200 letters, digits, dots, dashes and underscores",
                    id());
        }
        at.requireText("type", type());
        port().ifPresent(p -> at.require(p >= 1 && p <= MAX_PORT, "port", "must be 1 to " + MAX_PORT, p));
    }

    abstract static class Builder extends ValueBuilder<ConnectionSpecValue> implements ConnectionSpec.Builder {}
}
