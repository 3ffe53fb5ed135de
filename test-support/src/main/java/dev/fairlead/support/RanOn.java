package dev.fairlead.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says on what a test class runs: {@code fake}, or a real server such as {@code mlflow 3.17.2}; {@code unit} when absent. */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RanOn {
    /** The place, with its version when it is a real server. */
    String value();
}
