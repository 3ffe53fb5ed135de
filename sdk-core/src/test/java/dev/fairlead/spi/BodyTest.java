package dev.fairlead.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BodyTest {
    private final Body.Source content = () -> new ByteArrayInputStream("0123456789".getBytes());

    @Test
    void part_inTheMiddle_endsWhereItEnds() throws IOException {
        Body.Source part = content.part(2, 5);

        assertThat(part.open()).hasContent("23456");
        assertThat(part.open()).as("opened once more").hasContent("23456");
        try (InputStream in = part.open()) {
            assertThat(in.available()).isEqualTo(5);
            assertThat(in.read()).isEqualTo('2');
            assertThat(in.skip(100)).isEqualTo(4);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void part_beyondTheEnd_isAnErrorAndLeavesNothingOpen() {
        AtomicBoolean closed = new AtomicBoolean();
        Body.Source watched = () -> new ByteArrayInputStream(new byte[3]) {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        assertThatThrownBy(() -> watched.part(7, 1).open()).isInstanceOf(EOFException.class);
        assertThat(closed).isTrue();
    }
}
