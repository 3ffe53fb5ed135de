package dev.fairlead.spi;

import dev.fairlead.error.ConfigurationException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Reads and writes YAML 1.2 as trees of maps, lists, text, numbers, booleans and null. No tag makes an object of any other kind. */
public final class Yaml {
    private Yaml() {}

    /**
     * Reads one document.
     *
     * @param what names the content in the message of the {@link ConfigurationException}
     * @return the tree, or {@code null} for an empty document
     */
    public static @Nullable Object read(String text, String what) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(what)
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(50)
                    .build();
            return new Load(settings).loadFromString(text);
        } catch (YamlEngineException e) {
            String reason = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            throw new ConfigurationException(what + " is not valid YAML: " + reason, e);
        }
    }

    /** Writes one document in block style, keys in the order given. */
    public static String write(Object tree) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(120)
                .setIndent(2)
                .build();
        return new Dump(settings).dumpToString(tree);
    }

    /**
     * Writes one document for a reader of YAML 1.1, such as PyYAML: a text that it would take for a number, a time or a truth value is
     * quoted.
     */
    public static String writeForYaml11(Object tree) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(120)
                .setIndent(2)
                .build();
        return new Dump(settings, new Yaml11Representer(settings)).dumpToString(tree);
    }

    private static final class Yaml11Representer extends StandardRepresenter {
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./@=-]*");
        private static final Pattern WORD = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

        Yaml11Representer(DumpSettings settings) {
            super(settings);
            representers.put(String.class, data -> {
                String text = (String) data;
                boolean plain =
                        PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
                ScalarStyle quoted =
                        text.chars().anyMatch(c -> c < ' ') ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.SINGLE_QUOTED;
                return representScalar(Tag.STR, text, plain ? ScalarStyle.PLAIN : quoted);
            });
        }
    }
}
