package dev.fairlead.examples.flights;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Map;
import org.tribuo.classification.sgd.fm.FMClassificationModel;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;

/** Exports the model with its scaling inside and plain tensors outside: what any server of ONNX can serve. */
final class FlightOnnx {
    private static final long IR_VERSION = 6;
    private static final String BATCH = "batch";

    private FlightOnnx() {}

    static ModelProto export(FMClassificationModel model, Scaler scaler) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("Tribuo")
                .setDomain("dev.fairlead.examples")
                .setModelVersion(1)
                .setDocString("Probability that a flight comes late")
                .addOpsetImport(ONNXOperators.getOpsetProto())
                .addMetadataProps(property("features", String.join(",", FlightFeatures.NAMES)))
                .addMetadataProps(property("labels", FlightCsv.ON_TIME + "," + FlightCsv.LATE))
                .setGraph(graph(model, scaler))
                .build();
    }

    private static GraphProto graph(FMClassificationModel model, Scaler scaler) {
        ONNXContext onnx = new ONNXContext();
        onnx.setName("flights");
        ONNXPlaceholder input = onnx.floatInput(FlightModel.INPUT, FlightFeatures.NAMES.size());
        ONNXNode scaled = input.apply(ONNXOperators.SUB, onnx.array("mean", scaler.mean()))
                .apply(ONNXOperators.DIV, onnx.array("deviation", scaler.deviation()));
        ONNXNode scores = model.writeONNXGraph(scaled);
        long[] order = {
            model.getOutputIDInfo().getID(FlightModel.ON_TIME),
            model.getOutputIDInfo().getID(FlightModel.LATE)
        };
        scores.apply(ONNXOperators.GATHER, onnx.array("order", order), Map.of("axis", 1))
                .assignTo(onnx.floatOutput(FlightModel.PROBABILITIES, order.length));
        GraphProto.Builder graph = onnx.buildGraph().toBuilder();
        graph.addNode(argMax()).addOutput(0, labels());
        return graph.build();
    }

    private static NodeProto argMax() {
        return NodeProto.newBuilder()
                .setName("label_of_the_likeliest")
                .setOpType("ArgMax")
                .addInput(FlightModel.PROBABILITIES)
                .addOutput(FlightModel.LABEL)
                .addAttribute(integer("axis", 1))
                .addAttribute(integer("keepdims", 0))
                .build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static ValueInfoProto labels() {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(Dimension.newBuilder().setDimParam(BATCH))
                .build();
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(DataType.INT64.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(FlightModel.LABEL)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static StringStringEntryProto property(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
