package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Airflow demands of assets. */
final class AssetRules {
    private static final int MAX = 1500;
    private static final Pattern URI = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*).*");
    private static final Set<String> BUCKETS = Set.of("s3", "gs", "abfs", "abfss");

    private AssetRules() {}

    static void check(Problems at, AssetCondition condition) {
        if (condition instanceof Asset asset) {
            check(at, asset);
        } else if (condition instanceof AssetAlias alias) {
            checkName(at, "name", alias.name());
        } else {
            List<AssetCondition> parts = condition instanceof AssetCondition.All all
                    ? all.parts()
                    : ((AssetCondition.Any) condition).parts();
            at.require(parts.size() > 1, "parts", "must be two at least", parts.size());
            int i = 0;
            for (AssetCondition part : parts) {
                check(at.at("[" + i++ + "]"), part);
            }
        }
    }

    static void check(Problems at, String field, List<? extends AssetOutlet> outlets) {
        int i = 0;
        for (AssetOutlet outlet : outlets) {
            check(at.at(field + "[" + i++ + "]"), (AssetCondition) outlet);
        }
    }

    private static void check(Problems at, Asset asset) {
        if (!at.requireText("uri", asset.uri())) {
            return;
        }
        checkName(at, "name", asset.name());
        checkName(at, "uri", asset.uri());
        Matcher uri = URI.matcher(asset.uri());
        if (uri.matches()) {
            at.require(
                    !uri.group(1).equalsIgnoreCase("airflow"),
                    "uri",
                    "must not have the scheme airflow, which is Airflow's own",
                    asset.uri());
            at.require(!uri.group(2).contains("@"), "uri", "must not name a user or password", uri.group(1) + "://***");
            at.require(
                    !BUCKETS.contains(uri.group(1)) || !uri.group(2).isEmpty(),
                    "uri",
                    "must name a bucket after " + uri.group(1) + "://",
                    asset.uri());
        }
        at.require(
                !Set.of("self", "context").contains(asset.name()),
                "name",
                "must not be self or context, which Airflow refuses",
                asset.name());
        if (!asset.group().isEmpty()) {
            checkName(at, "group", asset.group());
        }
        Texts.checkJson(at.at("extra"), asset.extra());
    }

    private static void checkName(Problems at, String field, String name) {
        if (at.requireText(field, name)) {
            at.require(name.length() <= MAX, field, "must be at most " + MAX + " characters", name);
            at.require(StandardCharsets.US_ASCII.newEncoder().canEncode(name), field, "must be ASCII", name);
            Texts.check(at, field, name);
        }
    }
}
