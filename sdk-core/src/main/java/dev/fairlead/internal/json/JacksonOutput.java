package dev.fairlead.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.fairlead.spi.JsonOutput;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes through Jackson's generator. */
record JacksonOutput(JsonGenerator json) implements JsonOutput {
    private static final int MAX_NAMES = 256;

    /** The wire's names come again and again; their bytes are made once. */
    private static final Map<String, SerializedString> NAMES = new ConcurrentHashMap<>();

    private static SerializedString known(String name) {
        SerializedString known = NAMES.get(name);
        if (known == null) {
            known = new SerializedString(name);
            if (NAMES.size() < MAX_NAMES) {
                NAMES.put(name, known);
            }
        }
        return known;
    }

    @Override
    public JsonOutput object() throws IOException {
        json.writeStartObject();
        return this;
    }

    @Override
    public JsonOutput endObject() throws IOException {
        json.writeEndObject();
        return this;
    }

    @Override
    public JsonOutput array() throws IOException {
        json.writeStartArray();
        return this;
    }

    @Override
    public JsonOutput endArray() throws IOException {
        json.writeEndArray();
        return this;
    }

    @Override
    public JsonOutput name(String name) throws IOException {
        json.writeFieldName(known(name));
        return this;
    }

    @Override
    public JsonOutput text(String value) throws IOException {
        json.writeString(value);
        return this;
    }

    @Override
    public JsonOutput number(long value) throws IOException {
        json.writeNumber(value);
        return this;
    }

    @Override
    public JsonOutput number(double value) throws IOException {
        json.writeNumber(value);
        return this;
    }
}
