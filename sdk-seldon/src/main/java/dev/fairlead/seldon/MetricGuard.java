package dev.fairlead.seldon;

/** A guard that asks Prometheus. */
record MetricGuard(String name, String query, double most) implements RolloutGuard {
    private static final String REQUESTS = "seldon_api_executor_server_requests_seconds";
    static final String ERROR_RATE =
            "(sum(rate(" + REQUESTS + "_count{{labels},code!~\"[1-4]..|OK\"}[{window}])) or vector(0))" + " / sum(rate("
                    + REQUESTS + "_count{{labels}}[{window}]))";
    /** With a place for the quantile. */
    static final String LATENCY =
            "histogram_quantile(%s, sum by (le) (rate(" + REQUESTS + "_bucket{{labels}}[{window}])))";

    @Override
    public String toString() {
        return "RolloutGuard[" + name + " at most " + most + "]";
    }
}
