package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.Text;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.airflow.dag.Until;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;

/** Makes texts and DAGs of every kind, the same for the same seed. */
final class RandomDags {
    private static final String[] NASTY = {
        "\"",
        "'",
        "\\",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "\0",
        "{{ 7*7 }}",
        "{% x %}",
        "{# y #}",
        "}}",
        ".sh",
        ".bash",
        ".md",
        "\"\"\"",
        "'''",
        "\\N{DASH}",
        "\\x41",
        "\\u0041",
        "%s",
        "${A}",
        "#",
        "\u0085",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ud83d\ude00",
        "\udbff\udfff",
        "\u0000",
        "\u007f",
        "\u00ff",
        "\uffff",
        "\ud7ff",
        "\ue000",
        " ",
        "\\",
        "é",
        "日本"
    };
    private static final List<Schedule> SCHEDULES = List.of(
            Schedule.manual(),
            Schedule.daily(),
            Schedule.cron("*/5 3-7,9 1 jan-mar mon-fri", ZoneId.of("Europe/Paris")),
            Schedule.cron("@weekly"),
            Schedule.cron("0 0 l * *"),
            Schedule.every(Duration.ofHours(5)),
            Schedule.once());

    private final Random random;

    RandomDags(long seed) {
        random = new Random(seed);
    }

    /** Returns a text of any characters but half surrogate pairs. */
    String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(4) == 0 ? random.nextInt(400) : random.nextInt(12);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(NASTY[random.nextInt(NASTY.length)]);
                case 1 -> text.append((char) (' ' + random.nextInt(95)));
                case 2 -> text.append((char) random.nextInt(0x100));
                default -> {
                    int c = random.nextInt(Character.MAX_CODE_POINT + 1);
                    text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 'x' : c);
                }
            }
        }
        return text.toString();
    }

    private String plain() {
        return text().replace("\0", "");
    }

    private String line() {
        String text = plain();
        return text.isBlank() ? "x" : text;
    }

    Dag dag(String id) {
        int count = 1 + random.nextInt(8);
        Dag.Builder dag = Dag.builder(id)
                .schedule(SCHEDULES.get(random.nextInt(SCHEDULES.size())))
                .startDate(LocalDate.of(2025, 1, 1).plusDays(random.nextInt(300)))
                .description(text())
                .doc(text())
                .putParam("text", text())
                .putParam("list", List.of(1, 2.5, true, text()))
                .addTags(line().substring(0, 1).isBlank() ? "tag" : "tag-" + random.nextInt(9));
        for (int i = 0; i < count; i++) {
            addTask(dag, name(i));
        }
        for (int i = 1; i < count; i++) {
            for (int j = 0; j < i; j++) {
                if (random.nextInt(3) == 0) {
                    dag.addEdge(name(j), name(i));
                }
            }
        }
        return dag.build();
    }

    private static String name(int i) {
        return List.of("import", "1st.task", "a-b", "a_b", "a.b", "DAG", "__x", "print")
                .get(i);
    }

    private void addTask(Dag.Builder dag, String id) {
        switch (random.nextInt(10)) {
            case 0 ->
                dag.bash(
                        id,
                        b -> b.command(line())
                                .putEnv("TEXT", plain())
                                .putEnv("NOW", Template.of("{{ ts }}"))
                                .triggerRule(TriggerRule.values()[random.nextInt(3)])
                                .doc(text()));
            case 1 ->
                dag.python(
                        id,
                        p -> p.code("text = '''\nas it is'''\nif True:\n    return len(text)")
                                .putArgument("what", text())
                                .putArgument("deep", List.of(java.util.Map.of("k", text()))));
            case 2 ->
                dag.pod(
                        id,
                        p -> p.image("registry.local/x:1")
                                .args(plain(), plain())
                                .putEnv("TEXT", plain())
                                .putAnnotation("example.com/text", plain())
                                .resources(r -> r.memory("1Gi").gpus(1)));
            case 3 -> dag.shortCircuit(id, s -> s.code("return text").putArgument("text", text()));
            case 4 ->
                dag.triggerDag(id, t -> t.dagId("other").putConf("text", text()).putConf("list", List.of(text(), 1)));
            case 5 -> dag.sensor(id, sensor());
            case 6 ->
                dag.http(id, h -> h.endpoint(text()).putData("text", text()).putHeader("X-Text", plain()));
            case 7 ->
                dag.sql(id, s -> s.connection("db").sql(line()).sql(line()).putParameter("text", text()));
            case 8 ->
                dag.operator(
                        id, EveryKind.CHECK, o -> o.putArgument("sql", text()).putArgument("conn_id", "db"));
            default -> dag.empty(id);
        }
    }

    private Until sensor() {
        return switch (random.nextInt(5)) {
            case 0 -> Until.dag("other").tasks("a").earlier(Duration.ofMinutes(1 + random.nextInt(9)));
            case 1 -> Until.file(line());
            case 2 -> Until.bash(line()).env("TEXT", new Text(plain()));
            case 3 -> Until.python("return text").argument("text", text());
            default -> Until.sql("db", line()).parameter("text", text());
        };
    }
}
