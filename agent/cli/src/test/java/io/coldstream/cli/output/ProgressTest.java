package io.coldstream.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.settings.OutputSettings;
import io.coldstream.cli.settings.ResultStream;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.cli.settings.Terminal;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  private static final OutputSettings PLAIN = new OutputSettings(false, false, false);
  /** A result without fields. */
  private record Nothing() {}

  private static final Report REPORT = Report.closing(List.of("all is done"), new Nothing());

  private static final String CLEAR = "\r\033[K\033[?7l";
  private static final String WRAP = "\033[?7h";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final HandClock clock = new HandClock();
  private int columns = 100;

  /** A clock that is set by hand. */
  private static final class HandClock extends Clock {
    private Instant now = Instant.EPOCH;

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private Console console(OutputSettings mode, boolean terminal) {
    return new Console(
        "backup",
        new Surroundings(
            Map.of(),
            Path.of("/"),
            Path.of("/none"),
            new ResultStream(out, StandardCharsets.UTF_8, false),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Terminal(terminal, terminal, () -> columns),
            clock),
        mode);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Sends 10 MiB in ten seconds. */
  private void send(Console console) {
    console.progress().on(new RunEvent.StepStarted(Step.UPLOAD_CHUNKS));
    console.progress().on(new RunEvent.Planned(3, 20 << 20, 5, 1000));
    for (int i = 0; i < 10; i++) {
      clock.pass(Duration.ofSeconds(1));
      console.progress().on(new RunEvent.Transferred(1 << 20));
    }
  }

  @Test
  void onATerminalThereIsABarWithRateAndTimeLeft() {
    Console console = console(PLAIN, true);
    send(console);

    assertThat(err())
        .endsWith(CLEAR
            + "sending chunks [############            ]  50 % of 20.0 MiB, 1.0 MiB/s, 10 s left"
            + WRAP);
    console.done(REPORT);
    assertThat(err()).endsWith("\r\033[K");
  }

  @ParameterizedTest
  @CsvSource({
    "80, sending chunks [######      ]  50 % of 20.0 MiB",
    "60, sending chunks  50 % of 20.0 MiB, 1.0 MiB/s, 10 s left",
    "40, sending chunks  50 % of 20.0 MiB",
    "20, sending chunks  ...",
    "1, ."
  })
  void theBarIsOneLineWhateverTheWidth(int width, String last) {
    columns = width;
    send(console(PLAIN, true));

    assertThat(err()).doesNotContain("\n").contains(CLEAR + last);
    assertThat(bars()).isNotEmpty().allMatch(bar -> bar.length() < Math.max(2, width));
  }

  @Test
  void theBarFollowsATerminalThatIsResized() {
    Console console = console(PLAIN, true);
    send(console);
    columns = 50;
    err.reset();
    clock.pass(Duration.ofSeconds(1));
    console.progress().on(new RunEvent.Transferred(1 << 20));

    assertThat(bars()).isNotEmpty().allMatch(bar -> bar.length() < 50);
  }

  private List<String> bars() {
    return List.of(err().replace(WRAP, "").substring(CLEAR.length()).split(Pattern.quote(CLEAR)));
  }

  @Test
  void elsewhereThereIsALineNowAndThen() {
    send(console(PLAIN, false));

    assertThat(err().lines())
        .containsExactly("sending chunks:  50 % of 20.0 MiB, 1.0 MiB/s, 10 s left");
  }

  @Test
  void quietShowsNoneOfIt() {
    send(console(new OutputSettings(false, true, false), true));
    send(console(new OutputSettings(true, true, false), true));

    assertThat(err()).isEmpty();
  }

  @Test
  void withJsonThereIsAnObjectInALineEveryTenSeconds() {
    columns = 20;
    Console console = console(new OutputSettings(true, false, false), true);
    send(console);
    send(console);

    String line =
        "{\"coldstream\":1,\"command\":\"backup\",\"progress\":{\"step\":\"upload-chunks\","
            + "\"plannedBytes\":20971520,\"movedBytes\":10485760,\"seconds\":";
    assertThat(err().lines()).containsExactly(line + "10.0}}", line + "20.0}}");
    assertThat(out.size()).isZero();
  }

  @Test
  void verboseNamesEachFile() {
    Console console = console(new OutputSettings(false, false, true), false);
    console.progress().on(new RunEvent.StepStarted(Step.UPLOAD_INDEX));
    console.progress().on(new RunEvent.FileDone("index/indexmap-1", 103));

    assertThat(err().lines())
        .containsExactly("sending the index", "  index/indexmap-1 (103 bytes)");
  }

  @Test
  void aWarningTakesTheBarAwayAndStays() {
    Console console = console(PLAIN, true);
    send(console);
    console.progress().on(new RunEvent.Warning("the index is left out"));

    assertThat(err()).endsWith("\r\033[Kwarning: the index is left out" + System.lineSeparator());
  }

  @Test
  void aWarningIsPrintedWhenQuietAndInTheDocumentWhenJson() {
    Console quiet = console(new OutputSettings(false, true, false), false);
    quiet.progress().on(new RunEvent.Warning("mind this"));
    quiet.done(REPORT);
    assertThat(err()).startsWith("warning: mind this");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();

    err.reset();
    Console json = console(new OutputSettings(true, false, false), false);
    json.progress().on(new RunEvent.Warning("mind that"));
    json.done(REPORT);
    assertThat(err()).isEmpty();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"warnings\" : [ \"mind that\" ]", "\"exit\" : 0");
  }

  @Test
  void partsThatWereThereAreSaidAndCountNeitherAsSentNorAsLeft() {
    Console console = console(PLAIN, false);
    send(console);
    err.reset();
    console.progress().on(new RunEvent.Resumed("chunk-000012.000000", 31, 40, 5 << 20));
    clock.pass(Duration.ofSeconds(10));
    console.progress().on(new RunEvent.Transferred(2 << 20));

    assertThat(err().lines())
        .containsExactly(
            "chunk-000012.000000: 31 of 40 parts were uploaded before",
            "sending chunks:  80 % of 15.0 MiB, 614.4 KiB/s, 5.0 s left");
  }

  @Test
  void everyStepHasWordsThatFitTheBar() {
    for (Step step : Step.values()) {
      assertThat(Progress.words(step)).hasSizeBetween(5, 20);
    }
  }
}
