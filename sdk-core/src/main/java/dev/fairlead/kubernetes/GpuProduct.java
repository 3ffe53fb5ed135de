package dev.fairlead.kubernetes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Is an NVIDIA product that can be partitioned, with its MIG profiles and how many instances of each one GPU holds.
 *
 * <p>The table is that of NVIDIA's mig-parted. A cluster may hold newer products: a profile given without a product is not checked against it.
 */
public enum GpuProduct {
    /** A30 with 24 GB. */
    A30_24GB("A30 24GB", "1g.6gb*4 1g.6gb+me*1 2g.12gb*2 2g.12gb+me*1 4g.24gb*1"),
    /** A100 with 40 GB. */
    A100_40GB("A100 40GB", "1g.5gb*7 1g.5gb+me*1 1g.10gb*4 2g.10gb*3 3g.20gb*2 4g.20gb*1 7g.40gb*1"),
    /** A100 with 80 GB. */
    A100_80GB("A100 80GB", Shared80.PROFILES),
    /** H100 with 80 GB. */
    H100_80GB("H100 80GB", Shared80.PROFILES),
    /** H100 NVL with 94 GB. */
    H100_NVL_94GB("H100 NVL 94GB", "1g.12gb*7 1g.12gb+me*1 1g.24gb*4 2g.24gb*3 3g.47gb*2 4g.47gb*1 7g.94gb*1"),
    /** H100 with 96 GB. */
    H100_96GB("H100 96GB", "1g.12gb*7 1g.24gb*4 2g.24gb*3 3g.48gb*2 4g.48gb*1 7g.96gb*1"),
    /** GH200 with 96 GB. */
    GH200_96GB("GH200 96GB", "1g.12gb*7 1g.24gb*4 2g.24gb*3 3g.48gb*2 4g.48gb*1 7g.96gb*1"),
    /** H200 with 141 GB. */
    H200_141GB("H200 141GB", "1g.18gb*7 1g.18gb+me*1 1g.35gb*4 2g.35gb*3 3g.71gb*2 4g.71gb*1 7g.141gb*1"),
    /** B200 with 180 GB. */
    B200_180GB("B200 180GB", "1g.23gb*7 1g.23gb+me*1 1g.45gb*4 2g.45gb*3 3g.90gb*2 4g.90gb*1 7g.180gb*1"),
    /** GB200 with 186 GB. */
    GB200_186GB("GB200 186GB", "1g.23gb*7 2g.47gb*3 3g.93gb*2 7g.186gb*1"),
    /** B300 with 269 GB. */
    B300_269GB("B300 269GB", "1g.34gb*7 2g.67gb*3 3g.135gb*2 7g.269gb*1"),
    /** GB300 with 278 GB. */
    GB300_278GB("GB300 278GB", "1g.35gb*7 2g.70gb*3 3g.139gb*2 7g.278gb*1"),
    /** RTX PRO 6000 Blackwell with 96 GB; its profiles may carry {@code +gfx}, {@code +me.all} or {@code -me}. */
    RTX_PRO_6000_96GB("RTX PRO 6000 Blackwell 96GB", "1g.24gb*4 2g.48gb*2 4g.96gb*1");

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable view of a map nobody else holds
    private final Map<String, Integer> profiles;

    GpuProduct(String label, String table) {
        this.label = label;
        Map<String, Integer> all = new LinkedHashMap<>();
        for (String entry : table.split(" ", -1)) {
            int star = entry.indexOf('*');
            all.put(entry.substring(0, star), Integer.valueOf(entry.substring(star + 1)));
        }
        this.profiles = Collections.unmodifiableMap(all);
    }

    /** Returns the product's name as people write it. */
    public String label() {
        return label;
    }

    /** Returns the MIG profiles, each with the number of instances that one GPU holds. */
    public Map<String, Integer> migProfiles() {
        return profiles;
    }

    /** Tells whether this product can be partitioned into the profile. */
    public boolean hasMigProfile(String profile) {
        return profiles.containsKey(profile)
                || (this == RTX_PRO_6000_96GB
                        && profiles.containsKey(profile.replaceFirst("(\\+gfx|\\+me\\.all|-me)$", "")));
    }

    private static final class Shared80 {
        static final String PROFILES = "1g.10gb*7 1g.10gb+me*1 1g.20gb*4 2g.20gb*3 3g.40gb*2 4g.40gb*1 7g.80gb*1";
    }
}
