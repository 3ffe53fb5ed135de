package dev.fairlead.mlflow;

/** Says by what a search of runs is ordered. Immutable. */
public final class Order {
    private final String field;
    private final boolean descending;

    private Order(String field, boolean descending) {
        this.field = field;
        this.descending = descending;
    }

    /** Orders by the latest value of a metric, lowest first. */
    public static Order metric(String key) {
        return new Order("metrics." + Filter.quotedKey(key), false);
    }

    /** Orders by a parameter, as text. */
    public static Order param(String key) {
        return new Order("params." + Filter.quotedKey(key), false);
    }

    /** Orders by a tag, as text. */
    public static Order tag(String key) {
        return new Order("tags." + Filter.quotedKey(key), false);
    }

    /** Orders by an attribute, such as {@code start_time}. */
    public static Order attribute(String name) {
        return new Order("attribute." + Filter.attributeName(name), false);
    }

    /** Returns the order with the highest first. */
    public Order descending() {
        return new Order(field, true);
    }

    /** Returns the order as the server reads it. */
    public String text() {
        return field + (descending ? " DESC" : " ASC");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Order order && text().equals(order.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return "Order[" + text() + "]";
    }
}
