package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.prompts.ChatMessage;
import dev.fairlead.mlflow.prompts.PromptTemplate;
import dev.fairlead.mlflow.prompts.PromptVersion;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.PythonEnvironments;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** MLflow's own Python client loads the prompts that we registered, and we load its. */
@RanOn("mlflow 3.17.2")
class RealPromptInPythonIT extends MlflowContract {
    @Override
    Place open() {
        return RealPlace.current();
    }

    private Map<String, Object> python(String script, String text, String chat) {
        String said = PythonEnvironments.open()
                .require("mlflow-3.17.2")
                .python(
                        Duration.ofMinutes(3),
                        Map.of(
                                "MLFLOW_TRACKING_URI",
                                mlflow.trackingUri().toString(),
                                "MLFLOW_DISABLE_TELEMETRY",
                                "true"),
                        "-c",
                        script,
                        text,
                        chat);
        String last = said.lines()
                .filter(l -> l.startsWith("{"))
                .reduce((a, b) -> b)
                .orElseThrow(() -> new AssertionError(said));
        return JsonCodec.camelCase().object(last.getBytes(StandardCharsets.UTF_8), "Python's answer");
    }

    @Test
    @Proves("mlflow.prompts.python")
    void register_textAndChat_areFilledByPythonToTheSame() {
        String text = unique("text");
        String chat = unique("chat");
        PromptVersion textPrompt = mlflow.prompts()
                .register(
                        text,
                        p -> p.text("Hello {{ name }}, \"é\" {{user.city}}")
                                .commitMessage("first")
                                .putTag("author", "ada")
                                .putPromptTag("team", "care")
                                .responseFormat(Map.of("type", "object"))
                                .modelConfig(Map.of("model_name", "m", "temperature", 0.5)));
        PromptVersion chatPrompt = mlflow.prompts()
                .register(chat, p -> p.chat(ChatMessage.system("Be {{style}}."), ChatMessage.user("{{q}} ü")));
        mlflow.prompts().setAlias(text, "production", "1");

        Map<String, Object> said = python("""
                import json, sys, mlflow
                text = mlflow.genai.load_prompt('prompts:/' + sys.argv[1] + '@production')
                chat = mlflow.genai.load_prompt('prompts:/' + sys.argv[2] + '/1')
                found = [p for p in mlflow.genai.search_prompts() if p.name == sys.argv[1]]
                print(json.dumps({
                    'text': text.format(name='Ada', **{'user.city': 'Bern'}), 'variables': sorted(text.variables),
                    'message': text.commit_message, 'tags': text.tags, 'format': text.response_format,
                    'config': text.model_config, 'chat': chat.format(style='kind', q='Why?'),
                    'is_text': [text.is_text_prompt, chat.is_text_prompt], 'prompt_tags': found[0].tags}))
                """, text, chat);

        assertThat(said.get("text"))
                .isEqualTo(textPrompt.text(Map.of("name", "Ada", "user.city", "Bern")))
                .isEqualTo("Hello Ada, \"é\" Bern");
        assertThat(said.get("variables")).isEqualTo(List.of("name", "user.city"));
        assertThat(said.get("message")).isEqualTo("first");
        assertThat((Map<?, ?>) said.get("tags")).extracting("author").isEqualTo("ada");
        assertThat(said.get("format")).isEqualTo(Map.of("type", "object"));
        assertThat(said.get("config")).isEqualTo(Map.of("model_name", "m", "temperature", new BigDecimal("0.5")));
        assertThat(said.get("chat"))
                .isEqualTo(chatPrompt.messages(Map.of("style", "kind", "q", "Why?")).stream()
                        .map(ChatMessage::toTree)
                        .toList());
        assertThat(said.get("is_text")).isEqualTo(List.of(true, false));
        assertThat((Map<?, ?>) said.get("prompt_tags")).extracting("team").isEqualTo("care");
    }

    @Test
    @Proves("mlflow.prompts.python")
    void load_whatPythonRegistered_isTheSame() {
        String text = unique("text");
        String chat = unique("chat");

        python("""
                import json, sys, mlflow
                mlflow.genai.register_prompt(name=sys.argv[1], template='Hi {{name}} é', commit_message='from Python',
                    tags={'author': 'eve'}, response_format={'type': 'object'}, model_config={'model_name': 'm', 'temperature': 0.5})
                mlflow.genai.register_prompt(name=sys.argv[2], template=[
                    {'role': 'system', 'content': 'Be {{style}}'}, {'role': 'user', 'content': '{{q}} ü', 'name': 'bob'}])
                mlflow.genai.set_prompt_alias(sys.argv[2], 'best', 1)
                print(json.dumps({}))
                """, text, chat);

        PromptVersion read = mlflow.prompts().load(text);
        assertThat(read.template()).isEqualTo(PromptTemplate.text("Hi {{name}} é"));
        assertThat(read.commitMessage()).isEqualTo("from Python");
        assertThat(read.tags()).isEqualTo(Map.of("author", "eve"));
        assertThat(read.responseFormat()).isEqualTo(Map.of("type", "object"));
        assertThat(read.modelConfig()).isEqualTo(Map.of("model_name", "m", "temperature", 0.5));
        assertThat(mlflow.prompts().load(chat + "@best").messages(Map.of("style", "kind", "q", "Why?")))
                .containsExactly(
                        ChatMessage.system("Be kind"), new ChatMessage("user", "Why? ü", Map.of("name", "bob")));
        assertThat(mlflow.prompts().search(Filter.attribute("name").eq(text)).stream())
                .singleElement()
                .satisfies(p -> assertThat(p.tags()).isEqualTo(Map.of("author", "eve")));
    }
}
