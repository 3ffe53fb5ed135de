package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class GraphNodeValue implements GraphNode, Problems.Checked {
    @Override
    public GraphNode.Builder toBuilder() {
        return ImmutableGraphNode.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        GraphRules.checkNode(this, at);
    }

    /** Shows the node, its model and the nodes below. */
    @Override
    public String toString() {
        return name()
                + implementation().map(i -> " " + i).orElse("")
                + modelUri().map(u -> " " + u).orElse("")
                + (children().isEmpty() ? "" : " " + children());
    }

    abstract static class Builder extends ValueBuilder<GraphNodeValue> implements GraphNode.Builder {}
}
