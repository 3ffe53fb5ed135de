package dev.fairlead.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes one line per ended test that {@link Proves} something: {@code id TAB state TAB place TAB test TAB reason}.
 * The features gate of the last module reads the lines of all modules.
 */
public final class ProofListener implements TestExecutionListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        record(test, "skipped", reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String reason =
                result.getThrowable().map(t -> String.valueOf(t.getMessage())).orElse("");
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    record(test, "passed", "");
                }
            }
            case ABORTED -> record(test, "skipped", reason);
            case FAILED -> record(test, "failed", reason);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        String folder = System.getProperty("fairlead.proofs");
        if (folder == null || lines.isEmpty()) {
            return;
        }
        try {
            Path file = Files.createDirectories(Path.of(folder)).resolve("proofs.tsv");
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void record(TestIdentifier test, String state, String reason) {
        Optional<MethodSource> method =
                test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
        Optional<Class<?>> type = method.<Class<?>>map(MethodSource::getJavaClass)
                .or(() -> test.getSource()
                        .filter(ClassSource.class::isInstance)
                        .map(s -> ((ClassSource) s).getJavaClass()));
        if (type.isEmpty()) {
            return;
        }
        List<String> ids = new ArrayList<>();
        method.map(MethodSource::getJavaMethod)
                .map(m -> m.getAnnotation(Proves.class))
                .ifPresent(p -> ids.addAll(List.of(p.value())));
        ids.addAll(find(type.get(), Proves.class).map(p -> List.of(p.value())).orElse(List.of()));
        if (method.isEmpty()) {
            // a container that was skipped or failed takes the proofs of all its tests with it
            for (var m : type.get().getMethods()) {
                Optional.ofNullable(m.getAnnotation(Proves.class)).ifPresent(p -> ids.addAll(List.of(p.value())));
            }
        }
        String place = find(type.get(), RanOn.class).map(RanOn::value).orElse("unit");
        String flat = reason.replaceAll("\\s+", " ");
        String name = type.get().getSimpleName()
                + method.map(m -> "." + m.getMethodName()).orElse("");
        for (String id : ids) {
            lines.add(String.join("\t", id, state, place, name, flat.substring(0, Math.min(300, flat.length()))));
        }
    }

    private static <A extends Annotation> Optional<A> find(Class<?> type, Class<A> annotation) {
        for (Class<?> c = type; c != null; c = c.getEnclosingClass()) {
            A found = c.getAnnotation(annotation);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
