package dev.fairlead.airflow.internal.dag;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes JSON of Java's values: records become maps, enums and times texts. */
public final class JsonForm {
    private JsonForm() {}

    /** Returns the JSON form of a value. */
    public static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Record record) {
            return of(record);
        }
        if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Collection<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(element -> all.add(of(element)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((key, element) -> all.put(String.valueOf(key), of(element)));
            return all;
        }
        return value instanceof Instant || value instanceof LocalDate || value instanceof Duration
                ? value.toString()
                : value;
    }

    /** Returns the components of a record by their names, without those that are null. */
    public static Map<String, Object> of(Record record) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = of(read(component, record));
            if (value != null) {
                map.put(component.getName(), value);
            }
        }
        return map;
    }

    /** Reads a component; records of the caller need not be public. */
    public static @Nullable Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot read " + component.getName() + " of " + record.getClass(), e);
        }
    }
}
