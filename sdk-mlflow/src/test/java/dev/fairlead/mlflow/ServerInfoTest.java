package dev.fairlead.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerInfoTest {
    @Test
    void atLeast_versions_areCompared() {
        assertThat(new ServerInfo("3.17.2", "", false).atLeast(3, 5)).isTrue();
        assertThat(new ServerInfo("3.17.2", "", false).atLeast(3, 17)).isTrue();
        assertThat(new ServerInfo("3.17.2", "", false).atLeast(3, 18)).isFalse();
        assertThat(new ServerInfo("2.22.5", "", false).atLeast(3, 0)).isFalse();
        assertThat(new ServerInfo("3.0.0rc1", "", false).atLeast(3, 0)).isTrue();
        assertThat(new ServerInfo("4", "", false).atLeast(3, 9)).isTrue();
    }
}
