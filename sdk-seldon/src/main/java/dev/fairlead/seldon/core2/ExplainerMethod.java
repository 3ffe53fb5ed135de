package dev.fairlead.seldon.core2;

import java.util.List;

/**
 * Names how a model's answers are explained, in the words of MLServer's Alibi runtime. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record ExplainerMethod(String value) {
    /** Anchors of rows. */
    public static final ExplainerMethod ANCHOR_TABULAR = new ExplainerMethod("anchor_tabular");

    /** Anchors of texts. */
    public static final ExplainerMethod ANCHOR_TEXT = new ExplainerMethod("anchor_text");

    /** Anchors of images. */
    public static final ExplainerMethod ANCHOR_IMAGE = new ExplainerMethod("anchor_image");

    /** Kernel SHAP. */
    public static final ExplainerMethod KERNEL_SHAP = new ExplainerMethod("kernel_shap");

    /** SHAP of trees; reads the model itself. */
    public static final ExplainerMethod TREE_SHAP = new ExplainerMethod("tree_shap");

    /** Integrated gradients; reads the model itself. */
    public static final ExplainerMethod INTEGRATED_GRADIENTS = new ExplainerMethod("integrated_gradients");

    private static final List<ExplainerMethod> KNOWN =
            List.of(ANCHOR_TABULAR, ANCHOR_TEXT, ANCHOR_IMAGE, KERNEL_SHAP, TREE_SHAP, INTEGRATED_GRADIENTS);

    /** Names one by its word. */
    public static ExplainerMethod of(String value) {
        return new ExplainerMethod(value);
    }

    /** Returns the words we know. */
    public static List<ExplainerMethod> known() {
        return KNOWN;
    }

    /** Tells whether we know the word. */
    public boolean isKnown() {
        return KNOWN.contains(this);
    }

    @Override
    public String toString() {
        return value;
    }
}
