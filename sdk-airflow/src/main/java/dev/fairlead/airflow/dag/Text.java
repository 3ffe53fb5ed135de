package dev.fairlead.airflow.dag;

/**
 * Is a text that arrives as it is written: braces are not evaluated, and an ending such as {@code .sh} names no file.
 *
 * @param value the text
 */
public record Text(String value) implements Expression {}
