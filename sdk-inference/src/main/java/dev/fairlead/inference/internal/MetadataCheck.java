package dev.fairlead.inference.internal;

import dev.fairlead.inference.DataType;
import dev.fairlead.inference.InferenceRequest;
import dev.fairlead.inference.ModelMetadata;
import dev.fairlead.inference.Tensor;
import dev.fairlead.inference.TensorMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds where a request differs from what the model's metadata asks for. */
public final class MetadataCheck {
    private MetadataCheck() {}

    /** Returns one line per difference; empty where there is none, or where the server describes no inputs. */
    public static List<String> differences(InferenceRequest request, ModelMetadata model) {
        List<String> found = new ArrayList<>();
        if (model.inputs().isEmpty()) {
            return found;
        }
        List<String> names = model.inputs().stream().map(TensorMetadata::name).toList();
        for (Tensor input : request.inputs()) {
            Optional<TensorMetadata> wanted = model.inputs().stream()
                    .filter(t -> t.name().equals(input.name()))
                    .findFirst();
            if (wanted.isEmpty()) {
                found.add("it has no input '" + input.name() + "', only " + names);
            } else {
                compare(input, wanted.get(), found);
            }
        }
        for (String name : names) {
            if (request.inputs().stream().noneMatch(t -> t.name().equals(name))) {
                found.add("its input '" + name + "' is missing");
            }
        }
        return found;
    }

    private static void compare(Tensor input, TensorMetadata wanted, List<String> found) {
        if (DataType.find(wanted.datatype()).isPresent()
                && !wanted.datatype().equals(input.datatype().name())) {
            found.add("input '" + input.name() + "' must be " + wanted.datatype() + ", was " + input.datatype());
        }
        long[] shape = input.shape();
        boolean fits = shape.length == wanted.shape().size();
        for (int i = 0; fits && i < shape.length; i++) {
            long dimension = wanted.shape().get(i);
            fits = dimension < 0 || dimension == shape[i];
        }
        if (!fits && !wanted.shape().isEmpty()) {
            found.add("input '" + input.name() + "' must have the shape " + wanted.shape() + ", was "
                    + Arrays.toString(shape));
        }
    }
}
