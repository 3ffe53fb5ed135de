package dev.fairlead.contract.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesTest {
    private final Features features = Features.of(List.of("# Features", "- `a.one` Does one.", "- `a.two` Does two."));

    @Test
    void problems_listedWithoutProof_isOne() {
        features.addProof("a.one\tpassed\tfake\tT.m\t");
        assertThat(features.problems(false)).containsExactly("a.two has no proof");
        assertThat(features.table()).contains("a.one  fake").contains("a.two  UNPROVEN");
    }

    @Test
    void problems_failedOnce_isOneAlthoughItPassedElsewhere() {
        features.addProof("a.one\tpassed\tfake\tT.m\t");
        features.addProof("a.one\tfailed\tmlflow 3.17.2\tT.m\tboom");
        features.addProof("a.two\tpassed\tunit\tT.m\t");
        assertThat(features.problems(false)).containsExactly("a.one failed: [T.m]");
    }

    @Test
    void problems_skipped_isOneOnlyWhenRequired() {
        features.addProof("a.one\tskipped\tmlflow 3.17.2\tT\tnot here");
        features.addProof("a.two\tpassed\tunit\tT.m\t");
        assertThat(features.problems(false)).isEmpty();
        assertThat(features.problems(true)).hasSize(1);
    }

    @Test
    void problems_provenButNotListed_isOne() {
        features.addProof("a.one\tpassed\tfake\tT.m\t");
        features.addProof("a.two\tpassed\tfake\tT.m\t");
        features.addProof("a.three\tpassed\tfake\tT.m\t");
        assertThat(features.problems(false)).containsExactly("a.three by T.m is proven but not listed");
    }
}
