package dev.fairlead.testing.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.inference.DataType;
import dev.fairlead.inference.Tensor;
import dev.fairlead.inference.TensorMetadata;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/** Runs an ONNX file. The only class that knows onnxruntime, so that everything else works without it. */
final class OnnxModel implements ServedModel {
    private static final Map<OnnxJavaType, DataType> TYPES = Map.of(
            OnnxJavaType.FLOAT, DataType.FP32,
            OnnxJavaType.DOUBLE, DataType.FP64,
            OnnxJavaType.INT8, DataType.INT8,
            OnnxJavaType.INT16, DataType.INT16,
            OnnxJavaType.INT32, DataType.INT32,
            OnnxJavaType.INT64, DataType.INT64,
            OnnxJavaType.UINT8, DataType.UINT8,
            OnnxJavaType.BOOL, DataType.BOOL,
            OnnxJavaType.FLOAT16, DataType.FP16,
            OnnxJavaType.STRING, DataType.BYTES);

    private final OrtSession session;
    private final List<TensorMetadata> inputs;
    private final List<TensorMetadata> outputs;

    private OnnxModel(OrtSession session) throws OrtException {
        this.session = session;
        this.inputs = describe(session.getInputInfo());
        this.outputs = describe(session.getOutputInfo());
    }

    static OnnxModel load(Path file) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            return new OnnxModel(OrtEnvironment.getEnvironment().createSession(file.toString(), options));
        } catch (OrtException e) {
            throw new ConfigurationException(file + " cannot be loaded as an ONNX model: " + e.getMessage(), e);
        }
    }

    private static List<TensorMetadata> describe(Map<String, NodeInfo> nodes) {
        List<TensorMetadata> tensors = new ArrayList<>();
        nodes.forEach((name, node) -> {
            if (node.getInfo() instanceof TensorInfo info && TYPES.containsKey(info.type)) {
                tensors.add(TensorMetadata.of(name, type(info), info.getShape()));
            }
        });
        return List.copyOf(tensors);
    }

    private static DataType type(TensorInfo info) {
        DataType type = TYPES.get(info.type);
        if (type == null) {
            throw new IllegalArgumentException("the model has a tensor of type " + info.type + ", which is not served");
        }
        return type;
    }

    @Override
    public List<TensorMetadata> inputs() {
        return inputs;
    }

    @Override
    public List<TensorMetadata> outputs() {
        return outputs;
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of("content_type", "dict");
    }

    @Override
    public List<Tensor> predict(List<Tensor> given) {
        SchemaCheck.enforce(given, inputs);
        Map<String, OnnxTensorLike> feeds = new LinkedHashMap<>();
        try {
            for (Tensor input : given) {
                feeds.put(input.name(), feed(input));
            }
            try (OrtSession.Result result = session.run(feeds)) {
                List<Tensor> answers = new ArrayList<>();
                for (Map.Entry<String, OnnxValue> entry : result) {
                    if (entry.getValue() instanceof OnnxTensor tensor) {
                        answers.add(read(entry.getKey(), tensor).withParameter("content_type", "np"));
                    }
                }
                return answers;
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } finally {
            feeds.values().forEach(OnnxTensorLike::close);
        }
    }

    private static OnnxTensor feed(Tensor input) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = input.shape();
        return switch (input.datatype()) {
            case FP32 -> OnnxTensor.createTensor(environment, (FloatBuffer) input.buffer(), shape);
            case FP64 -> OnnxTensor.createTensor(environment, (DoubleBuffer) input.buffer(), shape);
            case INT64 -> OnnxTensor.createTensor(environment, (LongBuffer) input.buffer(), shape);
            case INT32 -> OnnxTensor.createTensor(environment, (IntBuffer) input.buffer(), shape);
            case INT16 -> OnnxTensor.createTensor(environment, (ShortBuffer) input.buffer(), shape);
            case FP16 ->
                OnnxTensor.createTensor(environment, (ShortBuffer) input.buffer(), shape, OnnxJavaType.FLOAT16);
            case INT8 -> OnnxTensor.createTensor(environment, (ByteBuffer) input.buffer(), shape, OnnxJavaType.INT8);
            case UINT8 -> OnnxTensor.createTensor(environment, (ByteBuffer) input.buffer(), shape, OnnxJavaType.UINT8);
            case BYTES -> OnnxTensor.createTensor(environment, input.strings(), shape);
            case BOOL -> OnnxTensor.createTensor(environment, bits(input.booleans()), shape, OnnxJavaType.BOOL);
            default -> throw new IllegalArgumentException("inputs of type " + input.datatype() + " are not run");
        };
    }

    private static ByteBuffer bits(boolean[] booleans) {
        ByteBuffer bits = ByteBuffer.allocate(booleans.length);
        for (boolean b : booleans) {
            bits.put((byte) (b ? 1 : 0));
        }
        return bits.flip();
    }

    /** Reads an output; one dimension becomes a column, as MLServer's NumPy codec writes it. */
    private static Tensor read(String name, OnnxTensor tensor) throws OrtException {
        TensorInfo info = tensor.getInfo();
        DataType type = type(info);
        long[] shape = info.getShape();
        long[] column = shape.length == 1 ? new long[] {shape[0], 1} : shape.length == 0 ? new long[] {1, 1} : shape;
        return Tensor.wrap(name, type, elements(type, tensor), column);
    }

    private static Object elements(DataType type, OnnxTensor tensor) throws OrtException {
        return switch (type) {
            case FP32 -> array(tensor.getFloatBuffer(), b -> new float[b], (b, a) -> b.get(a));
            case FP64 -> array(tensor.getDoubleBuffer(), b -> new double[b], (b, a) -> b.get(a));
            case INT64 -> array(tensor.getLongBuffer(), b -> new long[b], (b, a) -> b.get(a));
            case INT32 -> array(tensor.getIntBuffer(), b -> new int[b], (b, a) -> b.get(a));
            case INT16 -> array(tensor.getShortBuffer(), b -> new short[b], (b, a) -> b.get(a));
            case FP16 -> array(tensor.getByteBuffer().asShortBuffer(), b -> new short[b], (b, a) -> b.get(a));
            case INT8, UINT8 -> array(tensor.getByteBuffer(), b -> new byte[b], (b, a) -> b.get(a));
            case BOOL -> booleans(tensor.getByteBuffer());
            default -> throw new IllegalArgumentException("outputs of type " + type + " are not served");
        };
    }

    private static <B extends Buffer, A> A array(B buffer, IntFunction<A> make, BiConsumer<B, A> fill) {
        A array = make.apply(buffer.remaining());
        fill.accept(buffer, array);
        return array;
    }

    private static boolean[] booleans(ByteBuffer bits) {
        boolean[] booleans = new boolean[bits.remaining()];
        for (int i = 0; i < booleans.length; i++) {
            booleans[i] = bits.get(i) != 0;
        }
        return booleans;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
