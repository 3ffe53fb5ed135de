package dev.fairlead.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Value;

/** Is how our values are generated: everything generated is package-private, and {@link ValueBuilder} does the checking. */
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Retention(RetentionPolicy.CLASS)
@Value.Style(
        visibility = Value.Style.ImplementationVisibility.PACKAGE,
        builderVisibility = Value.Style.BuilderVisibility.PACKAGE,
        overshadowImplementation = true,
        jdkOnly = true,
        depluralize = true,
        depluralizeDictionary = {"child:children", "env:env", "data:data", "alias:aliases", "process:processes"},
        typeAbstract = "*Value",
        validationMethod = Value.Style.ValidationMethod.NONE,
        build = "part",
        redactedMask = "***",
        defaults = @Value.Immutable(copy = false))
public @interface SdkStyle {}
