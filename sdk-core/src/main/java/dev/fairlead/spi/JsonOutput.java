package dev.fairlead.spi;

import java.io.IOException;

/** Writes JSON piece by piece, for bodies too large to make a tree or records of first. Not thread-safe. */
public interface JsonOutput {
    /** Writes one whole JSON value. */
    @FunctionalInterface
    interface Content {
        /** Writes the value. */
        void write(JsonOutput json) throws IOException;
    }

    /** Begins an object. */
    JsonOutput object() throws IOException;

    /** Ends the object. */
    JsonOutput endObject() throws IOException;

    /** Begins a list. */
    JsonOutput array() throws IOException;

    /** Ends the list. */
    JsonOutput endArray() throws IOException;

    /** Names the next value of an object. */
    JsonOutput name(String name) throws IOException;

    /** Writes a text. */
    JsonOutput text(String value) throws IOException;

    /** Writes a whole number. */
    JsonOutput number(long value) throws IOException;

    /** Writes a number; not-a-number and the infinities become the texts {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}. */
    JsonOutput number(double value) throws IOException;
}
