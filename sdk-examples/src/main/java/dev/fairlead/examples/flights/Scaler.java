package dev.fairlead.examples.flights;

/** Shifts and scales each feature to mean 0 and deviation 1, in 32 bits as the exported graph does. */
final class Scaler {
    private final float[] mean;
    private final float[] deviation;

    private Scaler(float[] mean, float[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    static Scaler fit(float[][] rows) {
        int width = rows[0].length;
        float[] mean = new float[width];
        float[] deviation = new float[width];
        for (int column = 0; column < width; column++) {
            double sum = 0;
            double squares = 0;
            for (float[] row : rows) {
                sum += row[column];
                squares += (double) row[column] * row[column];
            }
            double centre = sum / rows.length;
            double variance = Math.max(0, squares / rows.length - centre * centre);
            mean[column] = (float) centre;
            deviation[column] = variance < 1e-9 ? 1 : (float) Math.sqrt(variance); // a constant stays a constant
        }
        return new Scaler(mean, deviation);
    }

    double[] apply(float[] row) {
        double[] scaled = new double[row.length];
        for (int column = 0; column < row.length; column++) {
            scaled[column] = (row[column] - mean[column]) / deviation[column];
        }
        return scaled;
    }

    float[] mean() {
        return mean.clone();
    }

    float[] deviation() {
        return deviation.clone();
    }
}
