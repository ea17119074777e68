package io.coldstream.core.drill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputTailTest {

  private static List<String> tail(String printed) {
    OutputTail tail =
        new OutputTail(new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)));
    tail.run();
    return tail.lines();
  }

  @Test
  void theLastLinesAreKeptAndOneThatHasNotEnded() {
    String many =
        IntStream.range(0, 100_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

    assertThat(tail(many)).hasSize(OutputTail.MAX_LINES).endsWith("line 99998", "line 99999");
  }

  @Test
  void blankLinesAreLeftOutAndCarriageReturnsAreCut() {
    assertThat(tail("a\r\n\n  \nb\n")).containsExactly("a", "b");
  }

  @Test
  void aLongLineIsCut() {
    assertThat(tail("x".repeat(5_000_000) + "\nshort"))
        .containsExactly("x".repeat(OutputTail.MAX_LINE_BYTES) + "...", "short");
  }

  @Test
  void whatIsNoTextIsReplaced() {
    OutputTail tail = new OutputTail(new ByteArrayInputStream(new byte[] {'a', -1, 'b', '\n'}));
    tail.run();
    assertThat(tail.lines()).containsExactly("a\uFFFDb");
  }
}
