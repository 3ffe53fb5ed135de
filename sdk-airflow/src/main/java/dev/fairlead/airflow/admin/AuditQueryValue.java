package dev.fairlead.airflow.admin;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class AuditQueryValue implements AuditQuery, Problems.Checked {
    @Override
    public AuditQuery.Builder toBuilder() {
        return ImmutableAuditQuery.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        after().ifPresent(from -> before().ifPresent(
                        to -> at.require(to.isAfter(from), "before", "must be later than after (" + from + ")", to)));
    }

    abstract static class Builder extends ValueBuilder<AuditQueryValue> implements AuditQuery.Builder {}
}
