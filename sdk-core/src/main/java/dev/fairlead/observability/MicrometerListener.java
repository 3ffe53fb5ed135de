package dev.fairlead.observability;

import dev.fairlead.CallListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/** Tells Micrometer of calls. Tags without a value are {@code none}: a registry wants the same tags of all timers of a name. */
final class MicrometerListener implements CallListener {
    private static final String NONE = "none";

    private final MeterRegistry registry;

    private MicrometerListener(MeterRegistry registry) {
        this.registry = registry;
    }

    static CallListener of(Object given) {
        if (given instanceof MeterRegistry registry) {
            return new MicrometerListener(registry);
        }
        throw Names.wrong("io.micrometer.core.instrument.MeterRegistry", given);
    }

    @Override
    public void onAttempt(Attempt attempt) {
        Timer.builder(Names.DURATION)
                .description("Duration of the attempts of remote calls")
                .tags(Tags.of(
                        Names.METHOD,
                        attempt.method(),
                        Names.ADDRESS,
                        String.valueOf(attempt.uri().getHost()),
                        Names.PORT,
                        String.valueOf(Names.port(attempt.uri())),
                        Names.STATUS,
                        attempt.status() == 0 ? NONE : String.valueOf(attempt.status()),
                        Names.ERROR,
                        Names.error(attempt).orElse(NONE),
                        Names.SYSTEM,
                        attempt.system(),
                        Names.OPERATION,
                        attempt.operation()))
                .register(registry)
                .record(attempt.duration());
    }

    @Override
    public void onCircuitChange(String system, String host, String from, String to) {
        Counter.builder(Names.CIRCUIT)
                .description("Changes of state of circuit breakers")
                .tags(Tags.of(Names.SYSTEM, system, Names.HOST, host, Names.FROM, from, Names.TO, to))
                .register(registry)
                .increment();
    }
}
