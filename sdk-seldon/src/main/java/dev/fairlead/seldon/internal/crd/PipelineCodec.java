package dev.fairlead.seldon.internal.crd;

import dev.fairlead.seldon.core2.JoinType;
import dev.fairlead.seldon.core2.PipelineInput;
import dev.fairlead.seldon.core2.PipelineOutput;
import dev.fairlead.seldon.core2.PipelineRef;
import dev.fairlead.seldon.core2.PipelineStep;
import dev.fairlead.seldon.core2.SeldonPipeline;
import dev.fairlead.seldon.core2.StepBatch;
import dev.fairlead.seldon.core2.StepRef;
import dev.fairlead.spi.ValueBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads and writes Pipelines of Seldon Core 2 without loss. */
public final class PipelineCodec {
    private PipelineCodec() {}

    /** Reads an object without checking it. */
    public static SeldonPipeline read(Map<String, ?> tree) {
        return ValueBuilder.partOf(
                Core2Codec.read(tree, Core2Codec.PIPELINE, SeldonPipeline.builder(), PipelineCodec::readSpec));
    }

    private static void readSpec(Fields spec, SeldonPipeline.Builder builder) {
        spec.list("steps", PipelineCodec::step, builder::steps);
        spec.object("input", PipelineCodec::input, builder::input);
        spec.object("output", PipelineCodec::output, builder::output);
        spec.truth("allowCycles", () -> builder.allowCycles(true));
        spec.number("maxStepRevisits", builder::maxStepRevisits);
    }

    private static @Nullable StepRef stepRef(Object tree) {
        return tree instanceof String text ? StepRef.of(text) : null;
    }

    private static @Nullable PipelineRef pipelineRef(Object tree) {
        return tree instanceof String text ? PipelineRef.of(text) : null;
    }

    private static @Nullable PipelineStep step(Object tree) {
        if (!(tree instanceof Map<?, ?>)) {
            return null;
        }
        PipelineStep.Builder builder = PipelineStep.builder();
        Fields fields = new Fields(tree);
        fields.text("name", builder::name);
        fields.list("inputs", PipelineCodec::stepRef, builder::inputs);
        fields.text("inputsJoinType", v -> builder.inputsJoinType(JoinType.of(v)));
        fields.number("joinWindowMs", n -> builder.joinWindow(Duration.ofMillis(n)));
        fields.list("triggers", PipelineCodec::stepRef, builder::triggers);
        fields.text("triggersJoinType", v -> builder.triggersJoinType(JoinType.of(v)));
        fields.texts("tensorMap", builder::tensorMap);
        fields.object("batch", PipelineCodec::batch, builder::batch);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    private static StepBatch batch(Map<?, ?> tree) {
        AtomicReference<Integer> size = new AtomicReference<>();
        AtomicReference<Duration> window = new AtomicReference<>();
        AtomicBoolean rolling = new AtomicBoolean();
        Fields fields = new Fields(tree);
        fields.number("size", size::set);
        fields.number("windowMs", n -> window.set(Duration.ofMillis(n)));
        fields.truth("rolling", () -> rolling.set(true));
        return new StepBatch(size.get(), window.get(), rolling.get(), fields.left());
    }

    private static PipelineInput input(Map<?, ?> tree) {
        PipelineInput.Builder builder = PipelineInput.builder();
        Fields fields = new Fields(tree);
        fields.list("externalInputs", PipelineCodec::pipelineRef, builder::externalInputs);
        fields.text("joinType", v -> builder.joinType(JoinType.of(v)));
        fields.number("joinWindowMs", n -> builder.joinWindow(Duration.ofMillis(n)));
        fields.list("externalTriggers", PipelineCodec::pipelineRef, builder::externalTriggers);
        fields.text("triggersJoinType", v -> builder.triggersJoinType(JoinType.of(v)));
        fields.texts("tensorMap", builder::tensorMap);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    private static PipelineOutput output(Map<?, ?> tree) {
        PipelineOutput.Builder builder = PipelineOutput.builder();
        Fields fields = new Fields(tree);
        fields.list("steps", PipelineCodec::stepRef, builder::steps);
        fields.text("stepsJoin", v -> builder.stepsJoin(JoinType.of(v)));
        fields.number("joinWindowMs", n -> builder.joinWindow(Duration.ofMillis(n)));
        fields.texts("tensorMap", builder::tensorMap);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    /** Writes an object. */
    public static Map<String, Object> write(SeldonPipeline pipeline) {
        Map<String, Object> spec = new LinkedHashMap<>();
        Core2Codec.putUnlessEmpty(
                spec,
                "steps",
                pipeline.steps().stream().map(PipelineCodec::write).toList());
        pipeline.input().ifPresent(input -> spec.put("input", write(input)));
        pipeline.output().ifPresent(output -> spec.put("output", write(output)));
        Core2Codec.putTrue(spec, "allowCycles", pipeline.allowCycles());
        pipeline.maxStepRevisits().ifPresent(n -> spec.put("maxStepRevisits", n));
        return Core2Codec.write(pipeline, Core2Codec.PIPELINE, spec);
    }

    private static Map<String, Object> write(PipelineStep step) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Core2Codec.put(tree, "name", step.name());
        Core2Codec.putUnlessEmpty(tree, "inputs", stepTexts(step.inputs()));
        step.inputsJoinType().ifPresent(type -> tree.put("inputsJoinType", type.value()));
        step.joinWindow().ifPresent(window -> tree.put("joinWindowMs", millis(window)));
        Core2Codec.putUnlessEmpty(tree, "triggers", stepTexts(step.triggers()));
        step.triggersJoinType().ifPresent(type -> tree.put("triggersJoinType", type.value()));
        Core2Codec.putUnlessEmpty(tree, "tensorMap", new LinkedHashMap<>(step.tensorMap()));
        step.batch().ifPresent(batch -> tree.put("batch", write(batch)));
        Trees.addAbsent(tree, step.additionalFields());
        return tree;
    }

    private static Map<String, Object> write(StepBatch batch) {
        Map<String, Object> tree = new LinkedHashMap<>();
        batch.size().ifPresent(size -> tree.put("size", size));
        batch.window().ifPresent(window -> tree.put("windowMs", millis(window)));
        Core2Codec.putTrue(tree, "rolling", batch.rolling());
        Trees.addAbsent(tree, batch.additionalFields());
        return tree;
    }

    private static Map<String, Object> write(PipelineInput input) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Core2Codec.putUnlessEmpty(tree, "externalInputs", pipelineTexts(input.externalInputs()));
        input.joinType().ifPresent(type -> tree.put("joinType", type.value()));
        input.joinWindow().ifPresent(window -> tree.put("joinWindowMs", millis(window)));
        Core2Codec.putUnlessEmpty(tree, "externalTriggers", pipelineTexts(input.externalTriggers()));
        input.triggersJoinType().ifPresent(type -> tree.put("triggersJoinType", type.value()));
        Core2Codec.putUnlessEmpty(tree, "tensorMap", new LinkedHashMap<>(input.tensorMap()));
        Trees.addAbsent(tree, input.additionalFields());
        return tree;
    }

    private static Map<String, Object> write(PipelineOutput output) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Core2Codec.putUnlessEmpty(tree, "steps", stepTexts(output.steps()));
        output.stepsJoin().ifPresent(type -> tree.put("stepsJoin", type.value()));
        output.joinWindow().ifPresent(window -> tree.put("joinWindowMs", millis(window)));
        Core2Codec.putUnlessEmpty(tree, "tensorMap", new LinkedHashMap<>(output.tensorMap()));
        Trees.addAbsent(tree, output.additionalFields());
        return tree;
    }

    private static List<String> stepTexts(List<StepRef> references) {
        return references.stream().map(StepRef::value).toList();
    }

    private static List<String> pipelineTexts(List<PipelineRef> references) {
        return references.stream().map(PipelineRef::value).toList();
    }

    private static int millis(Duration window) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(window.toMillis(), Integer.MAX_VALUE));
    }
}
