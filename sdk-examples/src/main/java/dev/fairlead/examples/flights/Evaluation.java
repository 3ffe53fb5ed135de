package dev.fairlead.examples.flights;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Is how well a model did on flights it had not seen. "Positive" is late.
 *
 * @param loss mean logarithmic loss, natural logarithm
 * @param accuracy share of flights called right, 0 to 1
 * @param auc area under the ROC curve, 0.5 is guessing
 * @param confusion flights by what happened and what was said
 */
public record Evaluation(double loss, double accuracy, double auc, Confusion confusion) {

    /**
     * Is what was said against what happened.
     *
     * @param onTimeSaidOnTime right
     * @param onTimeSaidLate a false alarm
     * @param lateSaidOnTime missed
     * @param lateSaidLate right
     */
    public record Confusion(int onTimeSaidOnTime, int onTimeSaidLate, int lateSaidOnTime, int lateSaidLate) {

        /** Returns how many flights there were. */
        public int total() {
            return onTimeSaidOnTime + onTimeSaidLate + lateSaidOnTime + lateSaidLate;
        }

        /** Returns the share of late flights among those called late, 0 to 1. */
        public double precision() {
            return (double) lateSaidLate / Math.max(1, lateSaidLate + onTimeSaidLate);
        }

        /** Returns the share of late flights that were called late, 0 to 1. */
        public double recall() {
            return (double) lateSaidLate / Math.max(1, lateSaidLate + lateSaidOnTime);
        }
    }

    /**
     * Scores predictions.
     *
     * @param late what happened
     * @param lateProbability what was said, 0 to 1; above 0.5 calls the flight late
     */
    public static Evaluation of(boolean[] late, double[] lateProbability) {
        double loss = 0;
        int[][] cells = new int[2][2];
        for (int i = 0; i < late.length; i++) {
            double given = late[i] ? lateProbability[i] : 1 - lateProbability[i];
            loss -= Math.log(Math.max(1e-12, given));
            cells[late[i] ? 1 : 0][lateProbability[i] > 0.5 ? 1 : 0]++;
        }
        Confusion confusion = new Confusion(cells[0][0], cells[0][1], cells[1][0], cells[1][1]);
        double right = cells[0][0] + cells[1][1];
        return new Evaluation(loss / late.length, right / late.length, auc(late, lateProbability), confusion);
    }

    /** Counts pairs by rank (Mann and Whitney); equal scores share their mean rank. */
    private static double auc(boolean[] late, double[] score) {
        Integer[] order = new Integer[late.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> score[i]));
        double lateRanks = 0;
        double lates = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && score[order[to]] == score[order[from]]) {
                to++;
            }
            for (int k = from; k < to; k++) {
                if (late[order[k]]) {
                    lateRanks += (from + 1 + to) / 2.0;
                    lates++;
                }
            }
            from = to;
        }
        double pairs = lates * (late.length - lates);
        return pairs == 0 ? Double.NaN : (lateRanks - lates * (lates + 1) / 2) / pairs;
    }
}
