package io.coldstream.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TerminalColumnsTest {

  private final AtomicInteger asked = new AtomicInteger();

  private TerminalColumns answering(String answer, Duration between) {
    return new TerminalColumns(
        80,
        () -> {
          asked.incrementAndGet();
          return new ProcessBuilder("echo", answer).start();
        },
        between);
  }

  @Test
  @Timeout(60)
  void anAnswerHoldsAsSoonAsItIsThere() {
    TerminalColumns columns = answering("24 40", Duration.ZERO);

    while (columns.getAsInt() != 40) {
      Thread.onSpinWait();
    }
    assertThat(asked).hasPositiveValue();
  }

  @Test
  void nobodyAsksWithinTheTimeThatAnAnswerHolds() {
    TerminalColumns columns = answering("24 40", Duration.ofHours(1));

    assertThat(columns.getAsInt()).isEqualTo(80);
    assertThat(columns.getAsInt()).isEqualTo(80);
    assertThat(asked).hasValue(0);
  }

  @Test
  @Timeout(60)
  void anAnswerThatIsNoneChangesNothing() {
    TerminalColumns columns = answering("0 0", Duration.ZERO);

    while (asked.get() < 3) {
      assertThat(columns.getAsInt()).isEqualTo(80);
    }
  }

  @Test
  void aMachineWithoutSttyIsAskedOnce() {
    TerminalColumns columns = new TerminalColumns(
        80,
        () -> {
          asked.incrementAndGet();
          throw new IOException("no such file");
        },
        Duration.ZERO);

    assertThat(columns.getAsInt()).isEqualTo(80);
    assertThat(columns.getAsInt()).isEqualTo(80);
    assertThat(asked).hasValue(1);
  }

  @Test
  void anExportedWidthWins() {
    assertThat(Terminal.ofProcess(Map.of("COLUMNS", "55")).columns().getAsInt()).isEqualTo(55);
    assertThat(Terminal.ofProcess(Map.of("COLUMNS", "wide")).columns().getAsInt())
        .isEqualTo(80);
    assertThat(Terminal.ofProcess(Map.of()).outColumns()).isEqualTo(Terminal.UNLIMITED);
  }
}
