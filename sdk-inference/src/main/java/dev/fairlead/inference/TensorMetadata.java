package dev.fairlead.inference;

import java.util.List;

/** Describes one input or output of a model. */
public interface TensorMetadata {
    /** Returns the name. */
    String name();

    /** Returns the server's word for the type; see {@link DataType#find}. */
    String datatype();

    /** Returns the dimensions; -1 for one of any length. */
    List<Long> shape();

    /** Starts a description. */
    static Builder builder() {
        return ImmutableTensorMetadata.builder();
    }

    /** Describes a tensor. */
    static TensorMetadata of(String name, DataType datatype, long... shape) {
        Builder builder = builder().name(name).datatype(datatype.name());
        for (long dimension : shape) {
            builder.addShape(dimension);
        }
        return builder.build();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the name; mandatory. */
        Builder name(String name);

        /** Sets the type; mandatory. */
        Builder datatype(String datatype);

        /** Replaces the dimensions. */
        Builder shape(Iterable<? extends Long> shape);

        /** Adds a dimension; -1 for one of any length. */
        Builder addShape(Long dimension);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        TensorMetadata build();
    }
}
