package dev.fairlead.seldon;

import java.util.List;

/**
 * Names an explanation method of Alibi. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record ExplainerType(String value) {
    /** Anchors for tables. */
    public static final ExplainerType ANCHOR_TABULAR = new ExplainerType("AnchorTabular");

    /** Anchors for images. */
    public static final ExplainerType ANCHOR_IMAGES = new ExplainerType("AnchorImages");

    /** Anchors for texts. */
    public static final ExplainerType ANCHOR_TEXT = new ExplainerType("AnchorText");

    /** Counterfactuals. */
    public static final ExplainerType COUNTERFACTUALS = new ExplainerType("Counterfactuals");

    /** Contrastive explanations. */
    public static final ExplainerType CONTRASTIVE = new ExplainerType("Contrastive");

    /** Kernel SHAP. */
    public static final ExplainerType KERNEL_SHAP = new ExplainerType("KernelShap");

    /** Integrated gradients. */
    public static final ExplainerType INTEGRATED_GRADIENTS = new ExplainerType("IntegratedGradients");

    /** Accumulated local effects. */
    public static final ExplainerType ALE = new ExplainerType("ALE");

    /** Tree SHAP. */
    public static final ExplainerType TREE_SHAP = new ExplainerType("TreeShap");

    private static final List<ExplainerType> KNOWN = List.of(
            ANCHOR_TABULAR,
            ANCHOR_IMAGES,
            ANCHOR_TEXT,
            COUNTERFACTUALS,
            CONTRASTIVE,
            KERNEL_SHAP,
            INTEGRATED_GRADIENTS,
            ALE,
            TREE_SHAP);

    /** Names one by its word. */
    public static ExplainerType of(String value) {
        return new ExplainerType(value);
    }

    /** Returns the words we know. */
    public static List<ExplainerType> known() {
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
