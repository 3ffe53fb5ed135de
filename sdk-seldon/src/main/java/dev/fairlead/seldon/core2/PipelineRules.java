package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.kube.KubeNames;
import dev.fairlead.spi.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of a pipeline as a whole: what the scheduler refuses, or does not survive. */
final class PipelineRules {
    private static final Set<String> SIDES = Set.of("inputs", "outputs");
    private static final String STEP_FORM =
            "must be a step's name, with .inputs or .outputs after it, and a tensor's name after that";
    private static final String PIPELINE_FORM =
            "must be a pipeline's name, with .inputs, .outputs or .step.<name> after it, and a"
                    + " tensor's name after that";

    private final SeldonPipeline pipeline;
    private final Set<String> steps = new LinkedHashSet<>();

    private PipelineRules(SeldonPipeline pipeline) {
        this.pipeline = pipeline;
        pipeline.steps().forEach(step -> steps.add(String.valueOf(step.name())));
    }

    static void check(SeldonPipeline pipeline, Problems at) {
        Core2Rules.checkLabelled(pipeline, at);
        new PipelineRules(pipeline).check(at.at("spec"));
    }

    private void check(Problems at) {
        at.require(
                !pipeline.steps().isEmpty() || Core2Rules.holdsList(Core2Rules.specRest(pipeline), "steps"),
                "steps",
                "must hold a step",
                "none");
        Set<String> names = new HashSet<>();
        int i = 0;
        for (PipelineStep step : pipeline.steps()) {
            Problems here = at.at("steps[" + i++ + "]");
            KubeNames.checkLabel(here, "name", step.name());
            here.require(
                    names.add(String.valueOf(step.name())),
                    "name",
                    "must not be that of another step: a model is a step once",
                    step.name());
            here.require(
                    !String.valueOf(step.name()).equals(pipeline.name()),
                    "name",
                    "must not be that of the pipeline, whose name stands for what is sent to it",
                    step.name());
            checkSources(step, here);
        }
        if (!pipeline.allowCycles()) {
            checkCycles(at);
        }
        pipeline.input().ifPresent(input -> checkInput(input, at.at("input")));
        pipeline.output().ifPresent(output -> checkOutput(output, at.at("output")));
        Core2Rules.notNegative("maxStepRevisits", pipeline.maxStepRevisits(), at);
    }

    private void checkSources(PipelineStep step, Problems at) {
        int i = 0;
        for (StepRef input : step.inputs()) {
            checkSource(input, "inputs[" + i++ + "]", "", at);
        }
        i = 0;
        for (StepRef trigger : step.triggers()) {
            checkSource(trigger, "triggers[" + i++ + "]", ": Seldon Core 2.6 dies over any other, again and again", at);
        }
        StepRules.check(step, at);
    }

    private void checkSource(StepRef source, String field, String otherwise, Problems at) {
        if (checkForm(source, field, at)) {
            at.require(
                    steps.contains(source.step()) || source.step().equals(pipeline.name()),
                    field,
                    "must name a step of the pipeline, " + steps + ", or the pipeline itself" + otherwise,
                    source.value());
        }
    }

    private static boolean checkForm(StepRef source, String field, Problems at) {
        List<String> parts = source.parts();
        boolean sound = parts.stream().noneMatch(String::isBlank)
                && parts.size() <= 3
                && (parts.size() == 1 || SIDES.contains(parts.get(1)));
        return at.require(sound, field, STEP_FORM, source.value());
    }

    /** Takes away, again and again, the steps all of whose sources are away; what is left is in a cycle or behind one. */
    private void checkCycles(Problems at) {
        Map<String, Set<String>> sources = new LinkedHashMap<>();
        for (PipelineStep step : pipeline.steps()) {
            Set<String> from = sources.computeIfAbsent(String.valueOf(step.name()), name -> new LinkedHashSet<>());
            step.inputs().forEach(ref -> from.add(ref.step()));
            step.triggers().forEach(ref -> from.add(ref.step()));
            from.retainAll(steps);
        }
        boolean changed = true;
        while (changed) {
            Set<String> waiting = sources.keySet();
            changed = sources.entrySet().removeIf(e -> e.getValue().stream().noneMatch(waiting::contains));
        }
        if (!sources.isEmpty()) {
            at.add("steps", "must not form a cycle, unless allowCycles is set and Seldon knows it", cycle(sources));
        }
    }

    private static String cycle(Map<String, Set<String>> sources) {
        List<String> path = new ArrayList<>();
        String step = sources.keySet().iterator().next();
        while (!path.contains(step)) {
            path.add(step);
            step = sources.getOrDefault(step, Set.of()).stream()
                    .filter(sources::containsKey)
                    .findFirst()
                    .orElseThrow();
        }
        path.add(step);
        return String.join(" <- ", path.subList(path.indexOf(step), path.size()));
    }

    private static void checkInput(PipelineInput input, Problems at) {
        at.require(
                !input.externalInputs().isEmpty() || Core2Rules.holdsList(input.additionalFields(), "externalInputs"),
                "externalInputs",
                "must hold an input; leave the whole of input out for a pipeline that is sent requests",
                "none");
        int i = 0;
        for (PipelineRef source : input.externalInputs()) {
            checkForm(source, "externalInputs[" + i++ + "]", at);
        }
        i = 0;
        for (PipelineRef trigger : input.externalTriggers()) {
            checkForm(trigger, "externalTriggers[" + i++ + "]", at);
        }
        StepRules.check(input, at);
    }

    private static void checkForm(PipelineRef source, String field, Problems at) {
        List<String> parts = source.parts();
        boolean sound = parts.stream().noneMatch(String::isBlank);
        if (sound && parts.size() > 1) {
            boolean ofStep = parts.get(1).equals("step");
            sound = ofStep
                    ? parts.size() >= 3 && parts.size() <= 5 && (parts.size() == 3 || SIDES.contains(parts.get(3)))
                    : SIDES.contains(parts.get(1)) && parts.size() <= 3;
        }
        at.require(sound, field, PIPELINE_FORM, source.value());
    }

    private void checkOutput(PipelineOutput output, Problems at) {
        int i = 0;
        for (StepRef source : output.steps()) {
            String field = "steps[" + i++ + "]";
            if (checkForm(source, field, at)) {
                at.require(
                        steps.contains(source.step()),
                        field,
                        "must name a step of the pipeline, " + steps,
                        source.value());
            }
        }
        StepRules.check(output, at);
    }
}
