package dev.fairlead.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fairlead.spi.JsonOutput;
import java.io.IOException;

/** Writes through Jackson's generator. */
record JacksonOutput(JsonGenerator json) implements JsonOutput {
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
        json.writeFieldName(name);
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
