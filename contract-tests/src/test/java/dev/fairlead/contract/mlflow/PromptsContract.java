package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.RegisteredModel;
import dev.fairlead.mlflow.prompts.ChatMessage;
import dev.fairlead.mlflow.prompts.Prompt;
import dev.fairlead.mlflow.prompts.PromptTemplate;
import dev.fairlead.mlflow.prompts.PromptUri;
import dev.fairlead.mlflow.prompts.PromptVersion;
import dev.fairlead.mlflow.prompts.Prompts;
import dev.fairlead.support.Proves;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Prompts: text and chat, versions, aliases, tags. */
abstract class PromptsContract extends MlflowContract {
    private Prompts prompts() {
        return mlflow.prompts();
    }

    @Test
    @Proves("mlflow.prompts")
    void register_text_isLoadedByVersionAliasAndAsLatest() {
        String name = unique("greet");

        PromptVersion first = prompts().register(name, "Hello {{ name }}, from {{user.city}}: \"ä\" {% raw");
        PromptVersion second = prompts()
                .register(
                        name,
                        p -> p.text("Hi {{name}}")
                                .commitMessage("shorter")
                                .putTag("author", "ada")
                                .putPromptTag("team", "care")
                                .responseFormat(Map.of("type", "object"))
                                .modelConfig(Map.of("model_name", "m", "temperature", 0.5)));
        prompts().setAlias(name, "production", first.version());

        assertThat(first.version()).isEqualTo("1");
        assertThat(first.variables()).containsExactly("name", "user.city");
        assertThat(first.text(Map.of("name", "{{user.city}}$1", "user.city", 7, "more", "ignored")))
                .isEqualTo("Hello {{user.city}}$1, from 7: \"ä\" {% raw");
        PromptVersion latest = prompts().load(name);
        assertThat(latest.version()).isEqualTo("2");
        assertThat(latest.template()).isEqualTo(PromptTemplate.text("Hi {{name}}"));
        assertThat(latest.commitMessage()).isEqualTo("shorter");
        assertThat(latest.tags()).isEqualTo(Map.of("author", "ada"));
        assertThat(latest.responseFormat()).isEqualTo(Map.of("type", "object"));
        assertThat(latest.modelConfig()).isEqualTo(Map.of("model_name", "m", "temperature", 0.5));
        assertThat(latest.createdAt()).isPresent();
        assertThat(second.toBuilder().aliases(latest.aliases()).build()).isEqualTo(latest);
        PromptVersion aliased = prompts().load("prompts:/" + name + "@production");
        assertThat(aliased.version()).isEqualTo("1");
        assertThat(aliased.aliases()).containsExactly("production");
        assertThat(prompts().load(name + "/2").uri()).hasToString("prompts:/" + name + "/2");
        assertThat(prompts().versions(name).stream().map(PromptVersion::version))
                .containsExactly("2", "1");
        Prompt prompt = prompts().get(name);
        assertThat(prompt.tags()).isEqualTo(Map.of("team", "care"));
        assertThat(prompt.aliases()).isEqualTo(Map.of("production", "1"));
    }

    @Test
    @Proves("mlflow.prompts.fill")
    void fill_withoutValues_namesAllThatAreMissing() {
        PromptVersion prompt = prompts().register(unique("fill"), "{{a}} {{b.c}} {{ d }} {{a}}");

        refusedWith(
                () -> prompt.text(Map.of("d", 1)),
                InvalidValueException.class,
                "2 problems",
                "{{a}} must have a value",
                "{{b.c}} must have a value");
        assertThat(prompt.template().fillPartly(Map.of("d", 1)))
                .isEqualTo(PromptTemplate.text("{{a}} {{b.c}} 1 {{a}}"));
        refusedWith(() -> prompt.messages(Map.of()), InvalidValueException.class, "must be a chat prompt");
        refusedWith(
                () -> PromptTemplate.text("{% if x %}{{x}}{% endif %}").fill(Map.of("x", 1)),
                InvalidValueException.class,
                "Jinja",
                "{% if x %}");
    }

    @Test
    @Proves("mlflow.prompts.chat")
    void register_chat_keepsItsMessages() {
        String name = unique("chat");
        ChatMessage tool = new ChatMessage("tool", "{{result}}", Map.of("tool_call_id", "t1"));

        prompts()
                .register(
                        name,
                        p -> p.chat(
                                ChatMessage.system("Be {{style}}, \"é\"."), ChatMessage.user("{{question}}"), tool));

        PromptVersion read = prompts().load(name);
        assertThat(read.variables()).containsExactly("style", "question", "result");
        assertThat(read.messages(Map.of("style", "kind", "question", "\"Why?\"", "result", 3)))
                .containsExactly(
                        ChatMessage.system("Be kind, \"é\"."),
                        ChatMessage.user("\"Why?\""),
                        new ChatMessage("tool", "3", Map.of("tool_call_id", "t1")));
        refusedWith(() -> read.text(Map.of()), InvalidValueException.class, "must be a text prompt");
    }

    @Test
    @Proves("mlflow.prompts.search")
    void search_findsPromptsOnly_andModelsStayApart() {
        String name = unique("found");
        String model = unique("model");
        String mark = unique("mark");
        prompts().register(name, p -> p.text("x").putPromptTag("mark", mark));
        RegisteredModel registered = mlflow.models().ensure(model);

        assertThat(prompts().search(Filter.tag("mark").eq(mark)).stream().map(Prompt::name))
                .containsExactly(name);
        assertThat(prompts().search(Filter.attribute("name").like("%" + name)).stream())
                .hasSize(1);
        assertThat(prompts().list().stream().map(Prompt::name)).contains(name).doesNotContain(model);
        assertThat(mlflow.models().search(Filter.attribute("name").eq(name)).stream())
                .isEmpty();
        assertThat(prompts().find(registered.name())).isEmpty();
        refusedWith(() -> prompts().register(model, "x"), ConflictException.class, model, "same name");
        assertThat(prompts().delete(model)).isFalse();
        assertThat(mlflow.models().find(model)).isPresent();
    }

    @Test
    void tagsAndAliases_areSetMovedAndRemoved() {
        String name = unique("tags");
        prompts().register(name, "one");
        prompts().register(name, "two");

        prompts().setTag(name, "a", "1");
        prompts().setVersionTag(name, "1", "b", "2");
        prompts().setAlias(name, "best", "1");
        prompts().setAlias(name, "best", "2");
        assertThat(prompts().get(name).tags()).isEqualTo(Map.of("a", "1"));
        assertThat(prompts().load(name + "/1").tags()).isEqualTo(Map.of("b", "2"));
        assertThat(prompts().load(name + "@best").template()).isEqualTo(PromptTemplate.text("two"));

        prompts().deleteTag(name, "a");
        prompts().deleteTag(name, "a");
        prompts().deleteVersionTag(name, "1", "b");
        prompts().deleteAlias(name, "best");
        prompts().deleteAlias(name, "best");
        assertThat(prompts().get(name).tags()).isEmpty();
        assertThat(prompts().load(name + "/1").tags()).isEmpty();
        assertThat(prompts().find(PromptUri.alias(name, "best"))).isEmpty();
        refusedWith(() -> prompts().load(name + "@best"), NotFoundException.class, "best");
        assertThat(prompts().deleteVersion(name, "1")).isTrue();
        assertThat(prompts().deleteVersion(name, "1")).isFalse();
        assertThat(prompts().delete(name)).isTrue();
        assertThat(prompts().delete(name)).isFalse();
        refusedWith(() -> prompts().load(name), NotFoundException.class, name, "register it first");
    }

    @Test
    @Proves("mlflow.prompts.once")
    void register_whoseAnswerIsLost_makesOneVersion() {
        String name = unique("once");
        place.faults().dropNextReply("model-versions/create", 1);

        PromptVersion made = prompts().register(name, "x");

        assertThat(made.version()).isEqualTo("1");
        assertThat(prompts().versions(name).stream()).hasSize(1);
    }

    @Test
    void register_underAKey_isFoundAgain() {
        String name = unique("key");

        PromptVersion made = prompts().register(name, p -> p.text("x").key("release 7"));
        PromptVersion again = prompts().register(name, p -> p.text("y").key("release 7"));

        assertThat(again.version()).isEqualTo(made.version());
        assertThat(again.template()).isEqualTo(PromptTemplate.text("x"));
        assertThat(again.tags()).isEmpty();
    }

    @Test
    void register_whatTheServerWouldRefuse_isRefusedBefore() {
        place.forgetRequests();

        refusedWith(() -> prompts().register("a/b", "x"), InvalidValueException.class, "letters, digits", "'a/b'");
        refusedWith(
                () -> prompts().register("a", p -> p.putTag("mlflow.prompt.text", "x")),
                InvalidValueException.class,
                "template must be set",
                "kept for the template");
        refusedWith(
                () -> prompts().register("a", "x".repeat(100_001)),
                InvalidValueException.class,
                "at most 100000 characters");
        refusedWith(() -> prompts().setAlias("a", "v1", "1"), InvalidValueException.class, "alias");
        refusedWith(() -> prompts().setAlias("a", "latest", "1"), InvalidValueException.class, "latest");
        assertThat(List.of(
                        place.requests("registered-models/create").size(),
                        place.requests("model-versions/create").size(),
                        place.requests("registered-models/alias").size()))
                .containsExactly(0, 0, 0);
    }
}
