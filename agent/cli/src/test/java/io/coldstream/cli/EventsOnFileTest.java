package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.model.EventDatabase;
import io.coldstream.eventstore.testing.model.RecordImage;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.eventstore.testing.model.SyntheticDatabase.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code events} on databases that a test writes event by event. */
class EventsOnFileTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonMapper BIG = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();
  private static final JsonMapper LARGE = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build())
      .build();
  private static final int LARGEST_DATA = (16 << 20) - 200;

  @TempDir
  private Path home;

  private final EventDatabase database = new EventDatabase(40 << 20);

  @Test
  void dataIsJsonWhereItIsAndBase64Elsewhere() throws Exception {
    database.event("a", "{\"n\": 1.10,\n  \"text\": \"a \\\" b\\\\\"}");
    database.event("a", "{\"broken\": ");
    database.event("a", "{} {}");
    database.event("a", "t", 0, bytes("{\"not\":\"said to be JSON\"}"), bytes("{\"m\":1}"));
    database.event("a", "t", RecordImage.JSON, bytes("\"\u202e\ud83d\ude00\""), new byte[0]);
    database.event("a", "t", RecordImage.JSON, new byte[] {'"', (byte) 0xff, '"'}, bytes("[1]"));

    List<String> lines = backedUp().run("events", "a").out().lines().toList();

    assertThat(lines).hasSize(6);
    assertThat(lines.get(0))
        .endsWith(",\"data\":{\"n\":1.10,\"text\":\"a \\\" b\\\\\"},\"metadata\":null}");
    assertThat(base64(lines.get(1))).isEqualTo("{\"broken\": ");
    assertThat(base64(lines.get(2))).isEqualTo("{} {}");
    assertThat(base64(lines.get(3))).isEqualTo("{\"not\":\"said to be JSON\"}");
    assertThat(JSON.readTree(lines.get(3)).has("metadataBase64")).isTrue();
    assertThat(lines.get(4)).contains("\"data\":\"\\u202e\ud83d\ude00\"");
    assertThat(JSON.readTree(lines.get(5)).get("metadata").get(0).asInt()).isEqualTo(1);
  }

  @Test
  void linesAndDocumentHoldTheSameEvents() throws Exception {
    database.event("a", "{\"n\": 12345678901234567890.5}");
    database.event("a", "plain");
    Shell shell = backedUp();

    List<JsonNode> lines = new ArrayList<>();
    for (String line : shell.run("events", "a").out().lines().toList()) {
      lines.add(BIG.readTree(line));
    }
    Ran document = shell.run("events", "a", "--json");

    assertThat(BIG.readTree(document.out()).at("/result/events")).containsExactlyElementsOf(lines);
    assertThat(document.json().at("/result/count").asInt()).isEqualTo(2);
    assertThat(document.err()).isEmpty();
  }

  @Test
  void standardErrorTellsWhatItTook() throws Exception {
    database.event("a", "0");
    database.event("a", "1");
    Shell shell = backedUp();

    Ran ran = shell.run("events", "a", "--from", 1, "--limit", 1);

    assertThat(ran.out().lines()).hasSize(1);
    assertThat(ran.err())
        .matches("1 event of backup 1, the log holds 0 to 1; [0-9]+ requests, .* read\n");
    assertThat(shell.run("events", "a", "-q").err()).isEmpty();
  }

  @Test
  void noMoreThanTheNeededBlocksAreReadAndThatIsPrinted() throws Exception {
    // About 5,000 events in each of 16 chunks of 1 MiB, and a table of 2 MB.
    SyntheticDatabase.write(
        home.resolve("db"), new Shape(1 << 20, 16, 1 << 20, 0, 200, 100, true, 4, 1));
    Shell shell = backUp();
    Object[] words = {"events", "bulk-0", "--from", 8_001_600, "--count", 1};

    Ran ran = shell.run(words);

    assertThat(ran.out().lines()).hasSize(1);
    Matcher told = Pattern.compile("; ([0-9]+) requests, ([0-9.]+) KiB read\n").matcher(ran.err());
    assertThat(told.find()).as(ran.err()).isTrue();
    // Manifest, page and index map; the ends of the stream, its metadata's, the event.
    assertThat(Integer.parseInt(told.group(1))).isLessThanOrEqualTo(45);
    assertThat(Double.parseDouble(told.group(2))).isLessThanOrEqualTo(40 * 32);
    Object[] json = Arrays.copyOf(words, words.length + 2);
    json[words.length] = "--json";
    json[words.length + 1] = "-v";
    JsonNode document = shell.run(json).json();
    long calls = 0;
    for (JsonNode verb : document.at("/store/verbs")) {
      calls += verb.get("calls").asLong();
    }
    assertThat(document.at("/result/requests").asLong())
        .isEqualTo(Long.parseLong(told.group(1)))
        .isEqualTo(calls);
    assertThat(document.at("/result/receivedBytes")).isEqualTo(document.at("/store/receivedBytes"));
    assertThat(document.at("/result/receivedBytes").asLong() / 1024.0)
        .isCloseTo(Double.parseDouble(told.group(2)), within(1.0));
  }

  @Test
  void aStreamThatIsNotThereIsAUsageError() throws Exception {
    database.event("a", "0");
    Shell shell = backedUp();

    Ran ran = shell.run("events", "b");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).isEqualTo("coldstream events: backup 1 has no stream \"b\"\n");
    assertThat(shell.run("events", "a", "--backup", 7).exit()).isEqualTo(2);
    assertThat(shell.run("events", "a", "--from", "x").exit()).isEqualTo(2);
    assertThat(shell.run("events", "a", "--count", "0").exit()).isEqualTo(2);
    assertThat(shell.run("events").exit()).isEqualTo(2);
  }

  @Test
  void rawDataGoesIntoFilesOfAnEmptyDirectory() throws Exception {
    byte[] data = {0, 1, 2, (byte) 0xff};
    database.event("a", "t", 0, data, new byte[] {7});
    database.event("a", "t", 0, new byte[0], new byte[0]);
    Shell shell = backedUp();
    Path raw = home.resolve("raw");

    List<String> lines = shell.run("events", "a", "--raw", raw).out().lines().toList();

    JsonNode first = JSON.readTree(lines.get(0));
    assertThat(raw.resolve(first.get("dataFile").asText())).hasBinaryContent(data);
    assertThat(raw.resolve(first.get("metadataFile").asText())).hasBinaryContent(new byte[] {7});
    assertThat(JSON.readTree(lines.get(1)).get("metadata").isNull()).isTrue();
    try (var files = Files.list(raw)) {
      assertThat(files).hasSize(3);
    }
    assertThat(shell.run("events", "a", "--raw", raw).exit()).isEqualTo(7);
  }

  @Test
  void strangeNamesAreFoundAndPrintedSafely() throws Exception {
    String strange = "tab\tbell\u0007line\nend\u202e";
    String longest = "\u00fc".repeat(10_000);
    database.event(strange, "{}");
    database.event(longest, "{}");
    Shell shell = backedUp();

    String line = shell.run("events", strange).out();
    assertThat(line.lines()).hasSize(1);
    assertThat(line).contains("\"tab\\tbell\\u0007line\\nend\\u202e\"");
    assertThat(JSON.readTree(line).get("stream").asText()).isEqualTo(strange);
    assertThat(JSON.readTree(shell.run("events", longest).out()).get("stream").asText())
        .isEqualTo(longest);
    assertThat(shell.run("events", strange + "x").err()).doesNotContain("\t").hasLineCount(1);
  }

  @Test
  void theLargestEventsPassThroughASmallHeap() throws Exception {
    String text = "\"" + "x".repeat(LARGEST_DATA - 2) + "\"";
    database.event("a", "t", RecordImage.JSON, bytes(text), new byte[0]);
    database.event("a", "t", 0, bytes(text), new byte[0]);
    database.nextChunk();
    database.event("a", "{}");
    backedUp();
    Child child = Child.start(
        home,
        List.of("-Xmx64m", "-XX:+UseSerialGC"),
        Map.of("COLDSTREAM_REPO", home.resolve("repository").toUri().toString()),
        List.of("events", "a"));

    Ran ran = child.ran();

    assertThat(ran.exit()).as(ran.err()).isZero();
    List<String> lines = ran.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).hasSizeGreaterThan(LARGEST_DATA).contains("\"data\":\"xxxx");
    assertThat(base64(lines.get(1))).isEqualTo(text);
  }

  /** Base64 of 16 MiB, a text that is three times as long in JSON, and metadata of that size. */
  @ParameterizedTest
  @ValueSource(strings = {"binary", "escapes", "metadata"})
  void theLargestEventIsADocumentInTheHeapOfTheLauncher(String kind) throws Exception {
    byte[] text = bytes("\"" + "\u0085".repeat(LARGEST_DATA / 2 - 1) + "\"");
    switch (kind) {
      case "binary" -> database.event("a", "t", 0, text, new byte[0]);
      case "escapes" -> database.event("a", "t", RecordImage.JSON, text, new byte[0]);
      default -> database.event("a", "t", 0, new byte[0], text);
    }
    backedUp();
    Child child = Child.start(
        home,
        List.of("-XX:+UseSerialGC", heapOfTheLauncher()),
        Map.of("COLDSTREAM_REPO", home.resolve("repository").toUri().toString()),
        List.of("events", "a", "--json"));

    Ran ran = child.ran();

    assertThat(ran.exit()).as(ran.err()).isZero();
    JsonNode result = LARGE.readTree(ran.out()).get("result");
    assertThat(result.get("count").asInt()).isEqualTo(1);
    JsonNode event = result.get("events").get(0);
    switch (kind) {
      case "binary" ->
        assertThat(Base64.getDecoder().decode(event.get("dataBase64").asText())).isEqualTo(text);
      case "escapes" ->
        assertThat(bytes('"' + event.get("data").asText() + '"')).isEqualTo(text);
      default ->
        assertThat(Base64.getDecoder().decode(event.get("metadataBase64").asText()))
            .isEqualTo(text);
    }
  }

  private static String heapOfTheLauncher() throws IOException {
    Matcher heap = Pattern.compile("-Xmx[0-9]+m")
        .matcher(Files.readString(Path.of("../../src/dist/bin/coldstream")));
    assertThat(heap.find()).isTrue();
    return heap.group();
  }

  @Test
  void aDocumentThatWouldBeTooLargeIsRefused() throws Exception {
    for (int i = 0; i < 3; i++) {
      database.event("a", "t", 0, new byte[7 << 20], new byte[0]);
    }
    Shell shell = backedUp();

    Ran ran = shell.run("events", "a", "--json");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.json().at("/error/message").asText())
        .contains("24.0 MiB", "--count", "leave --json out");
    assertThat(LARGE
            .readTree(shell.run("events", "a", "--json", "--count", 2).out())
            .at("/result/events"))
        .hasSize(2);
    assertThat(shell.run("events", "a").out().lines()).hasSize(3);
  }

  @Test
  void aReaderThatHasEnoughEndsTheCommand() throws Exception {
    for (int i = 0; i < 2000; i++) {
      database.event("a", "{\"n\":" + i + "}");
    }
    Shell shell = backedUp().outTo(closing(20_000), true);

    assertThat(shell.run("events", "a").exit()).isEqualTo(141);
  }

  /** The other end of a pipe that takes so many bytes. */
  private static OutputStream closing(int bytes) {
    return new OutputStream() {
      private int taken;

      @Override
      public void write(int b) throws IOException {
        if (++taken > bytes) {
          throw new IOException("closed");
        }
      }
    };
  }

  private Shell backedUp() throws Exception {
    database.set().writeTo(home.resolve("db"));
    return backUp();
  }

  private Shell backUp() {
    Shell shell = new Shell(home)
        .set("COLDSTREAM_REPO", home.resolve("repository").toUri().toString());
    Ran ran = shell.run("backup", "--db", home.resolve("db"), "--min-free", "0");
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return shell;
  }

  /** Cut out of the line: it may be longer than what a parser takes for a text. */
  private static String base64(String line) {
    String begin = "\"dataBase64\":\"";
    int from = line.indexOf(begin) + begin.length();
    byte[] bytes = Base64.getDecoder().decode(line.substring(from, line.indexOf('"', from)));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
