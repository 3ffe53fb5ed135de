package dev.fairlead.contract.seldon;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class RealCore2SchedulerIT {
    private static final Pattern ENTRY =
            Pattern.compile("failed (?:server|replica) filter .*?(?=\\]$| failed (?:server|replica) filter )");

    /** Takes the scheduler's reason apart. */
    static List<String> entries(String reason) {
        List<String> entries = new ArrayList<>();
        Matcher matcher = ENTRY.matcher(reason);
        while (matcher.find()) {
            entries.add(matcher.group());
        }
        return entries;
    }
}
