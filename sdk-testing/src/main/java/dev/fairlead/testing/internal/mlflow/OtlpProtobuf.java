package dev.fairlead.testing.internal.mlflow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads OpenTelemetry's protobuf into the tree that its JSON would be; fields a fake has no use for are left out. */
final class OtlpProtobuf {
    private OtlpProtobuf() {}

    /** Takes one field: its number, and a {@code Long} or {@code ByteBuffer}. */
    private interface Field {
        void take(int number, Object value);
    }

    static Map<String, Object> request(byte[] bytes) {
        List<Object> resources = new ArrayList<>();
        each(ByteBuffer.wrap(bytes), (n, v) -> {
            if (n == 1) {
                resources.add(resource((ByteBuffer) v));
            }
        });
        return Map.of("resourceSpans", resources);
    }

    private static Map<String, Object> resource(ByteBuffer in) {
        List<Object> scopes = new ArrayList<>();
        each(in, (n, v) -> {
            if (n == 2) {
                List<Object> spans = new ArrayList<>();
                each((ByteBuffer) v, (m, w) -> {
                    if (m == 2) {
                        spans.add(span((ByteBuffer) w));
                    }
                });
                scopes.add(Map.of("spans", spans));
            }
        });
        return Map.of("scopeSpans", scopes);
    }

    private static Map<String, Object> span(ByteBuffer in) {
        Map<String, Object> span = new LinkedHashMap<>();
        List<Object> attributes = new ArrayList<>();
        List<Object> events = new ArrayList<>();
        each(in, (n, v) -> {
            switch (n) {
                case 1 -> span.put("traceId", hex(v));
                case 2 -> span.put("spanId", hex(v));
                case 4 -> span.put("parentSpanId", hex(v));
                case 5 -> span.put("name", text(v));
                case 7 -> span.put("startTimeUnixNano", String.valueOf(v));
                case 8 -> span.put("endTimeUnixNano", String.valueOf(v));
                case 9 -> attributes.add(pair((ByteBuffer) v));
                case 11 -> events.add(event((ByteBuffer) v));
                case 15 -> span.put("status", status((ByteBuffer) v));
                default -> {}
            }
        });
        span.put("attributes", attributes);
        span.put("events", events);
        return span;
    }

    private static Map<String, Object> event(ByteBuffer in) {
        Map<String, Object> event = new LinkedHashMap<>();
        List<Object> attributes = new ArrayList<>();
        each(in, (n, v) -> {
            switch (n) {
                case 1 -> event.put("timeUnixNano", String.valueOf(v));
                case 2 -> event.put("name", text(v));
                case 3 -> attributes.add(pair((ByteBuffer) v));
                default -> {}
            }
        });
        event.put("attributes", attributes);
        return event;
    }

    private static Map<String, Object> status(ByteBuffer in) {
        Map<String, Object> status = new LinkedHashMap<>();
        each(in, (n, v) -> {
            if (n == 2) {
                status.put("message", text(v));
            } else if (n == 3) {
                status.put("code", v);
            }
        });
        return status;
    }

    private static Map<String, Object> pair(ByteBuffer in) {
        Map<String, Object> pair = new LinkedHashMap<>();
        each(in, (n, v) -> {
            if (n == 1) {
                pair.put("key", text(v));
            } else if (n == 2) {
                pair.put("value", value((ByteBuffer) v));
            }
        });
        return pair;
    }

    private static Map<String, Object> value(ByteBuffer in) {
        Map<String, Object> value = new LinkedHashMap<>();
        each(in, (n, v) -> {
            switch (n) {
                case 1 -> value.put("stringValue", text(v));
                case 2 -> value.put("boolValue", (Long) v != 0);
                case 3 -> value.put("intValue", String.valueOf(v));
                case 4 -> value.put("doubleValue", Double.longBitsToDouble((Long) v));
                case 5 -> value.put("arrayValue", Map.of("values", values((ByteBuffer) v, false)));
                case 6 -> value.put("kvlistValue", Map.of("values", values((ByteBuffer) v, true)));
                default -> {}
            }
        });
        return value;
    }

    private static List<Object> values(ByteBuffer in, boolean pairs) {
        List<Object> values = new ArrayList<>();
        each(in, (n, v) -> values.add(pairs ? pair((ByteBuffer) v) : value((ByteBuffer) v)));
        return values;
    }

    private static String hex(Object value) {
        return HexFormat.of().formatHex(bytes(value));
    }

    private static String text(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Object value) {
        byte[] bytes = new byte[((ByteBuffer) value).remaining()];
        ((ByteBuffer) value).duplicate().get(bytes);
        return bytes;
    }

    /** Walks over the fields of a message. */
    private static void each(ByteBuffer message, Field field) {
        ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            int number = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> field.take(number, varint(in));
                case 1 -> field.take(number, in.getLong());
                case 2 -> {
                    int length = (int) varint(in);
                    field.take(number, in.slice(in.position(), length));
                    in.position(in.position() + length);
                }
                case 5 -> field.take(number, (long) in.getInt());
                default -> throw new IllegalArgumentException("no protobuf of OpenTelemetry");
            }
        }
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("no protobuf of OpenTelemetry");
    }
}
