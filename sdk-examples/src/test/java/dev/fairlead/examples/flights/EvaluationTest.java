package dev.fairlead.examples.flights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fairlead.examples.flights.Evaluation.Confusion;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    @Test
    void of_mixedAnswers_countsAndScoresByHand() {
        boolean[] late = {true, true, false, false, false};
        double[] said = {0.9, 0.4, 0.6, 0.2, 0.1};

        Evaluation scores = Evaluation.of(late, said);

        assertThat(scores.confusion()).isEqualTo(new Confusion(2, 1, 1, 1));
        assertThat(scores.accuracy()).isEqualTo(0.6);
        assertThat(scores.auc()).isCloseTo(5.0 / 6, within(1e-12));
        assertThat(scores.loss())
                .isCloseTo(
                        -(Math.log(0.9) + Math.log(0.4) + Math.log(0.4) + Math.log(0.8) + Math.log(0.9)) / 5,
                        within(1e-12));
        assertThat(scores.confusion().precision()).isEqualTo(0.5);
        assertThat(scores.confusion().recall()).isEqualTo(0.5);
        assertThat(scores.confusion().total()).isEqualTo(5);
    }

    @Test
    void auc_equalScores_isGuessing() {
        assertThat(Evaluation.of(new boolean[] {true, false, true, false}, new double[] {0.3, 0.3, 0.3, 0.3})
                        .auc())
                .isEqualTo(0.5);
    }

    @Test
    void auc_oneClassOnly_isNotANumber() {
        assertThat(Evaluation.of(new boolean[] {true, true}, new double[] {0.3, 0.9})
                        .auc())
                .isNaN();
    }
}
