package dev.fairlead.contract.mlflow;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the smallest real ONNX model: {@code output = input · W + B} for rows of three numbers. */
final class OnnxBytes {
    private static final int FLOAT = 1;

    private OnnxBytes() {}

    /** Weights and bias are known, so that a test can compute what Python must answer. */
    static byte[] linear(float[][] weights, float[] bias) {
        int in = weights.length;
        int out = bias.length;
        float[] flat = new float[in * out];
        for (int i = 0; i < in; i++) {
            System.arraycopy(weights[i], 0, flat, i * out, out);
        }
        Message graph = new Message()
                .message(1, node("MatMul", "product", "input", "W"))
                .message(1, node("Add", "output", "product", "B"))
                .text(2, "linear")
                .message(5, tensor("W", flat, in, out))
                .message(5, tensor("B", bias, out))
                .message(11, value("input", in))
                .message(12, value("output", out));
        return new Message()
                .number(1, 8)
                .text(2, "test")
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, 13))
                .bytes();
    }

    private static Message node(String type, String output, String... inputs) {
        Message node = new Message();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(3, type.toLowerCase()).text(4, type);
    }

    private static Message tensor(String name, float[] values, long... shape) {
        Message tensor = new Message();
        for (long size : shape) {
            tensor.number(1, size);
        }
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return tensor.number(2, FLOAT).text(8, name).raw(9, raw.array());
    }

    private static Message value(String name, long columns) {
        Message shape =
                new Message().message(1, new Message().text(2, "rows")).message(1, new Message().number(1, columns));
        Message type = new Message().message(1, new Message().number(1, FLOAT).message(2, shape));
        return new Message().text(1, name).message(2, type);
    }

    /** A protobuf message. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return raw(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return raw(field, value.bytes());
        }

        Message raw(int field, byte[] value) {
            varint(((long) field << 3) | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private void varint(long value) {
            long left = value;
            while ((left & ~0x7FL) != 0) {
                out.write((int) ((left & 0x7F) | 0x80));
                left >>>= 7;
            }
            out.write((int) left);
        }
    }
}
