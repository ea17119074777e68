package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.output.Formats;
import io.coldstream.eventstore.testing.AppendedEvents;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a restore ends, as it is printed. */
class RestorePointOnFileTest {

  private static final String ODD = "x\n\u001b[31m@7/" + "n".repeat(10_000);

  @TempDir
  private Path home;

  private Shell shell;
  private AppendedEvents events;
  private Path target;

  @BeforeEach
  void prepare() {
    Path database = Fixture.unpack("fresh-" + Fixtures.NEWEST, home).database();
    events = new AppendedEvents(database);
    target = home.resolve("target");
    shell = new Shell(home)
        .set("COLDSTREAM_REPO", home.resolve("repository").toUri().toString())
        .set("COLDSTREAM_DB", database.toString())
        .onTerminal(80);
  }

  private Ran done(Object... words) {
    Ran ran = shell.run(words);
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  @Test
  void theLastRecordKeptAndTheFirstDroppedAreNamed() {
    long kept = events.append("orders/7@eu", 41, "Placed", Instant.parse("2026-11-22T13:07:05Z"));
    long dropped =
        events.append("orders/7@eu", 42, "Paid", Instant.parse("2026-11-22T13:07:05.123Z"));
    done("backup");

    String text = done("restore", "--to", target, "--position", dropped, "-n").out();

    assertThat(text.replaceAll("\\s+", " "))
        .contains(" last kept position " + Formats.position(kept)
            + " of 2026-11-22T13:07:05.0000000Z: orders/7@eu@41, type Placed first dropped position "
            + Formats.position(dropped)
            + " of 2026-11-22T13:07:05.1230000Z: orders/7@eu@42, type Paid ");
    assertThat(done("restore", "--to", target, "--at", "2026-11-22T13:07:05.1230000Z", "-n")
            .out())
        .contains("last kept")
        .contains("first dropped  nothing of backup 1 is dropped");
    JsonNode result =
        done("restore", "--to", target, "--position", dropped, "--json").json().get("result");
    assertThat(result.at("/lastKept/stream").asText()).isEqualTo("orders/7@eu");
    assertThat(result.at("/lastKept/eventNumber").asLong()).isEqualTo(41);
    assertThat(result.at("/lastKept/eventType").asText()).isEqualTo("Placed");
    assertThat(result.at("/firstDropped/position").asLong()).isEqualTo(dropped);
    assertThat(result.at("/firstDropped/time").asText()).isEqualTo("2026-11-22T13:07:05.123Z");
    JsonNode all = done("restore", "--to", home.resolve("all"), "--json").json().get("result");
    assertThat(all.get("firstDropped").isNull()).isTrue();
    assertThat(all.at("/lastKept/position").asLong()).isEqualTo(dropped);
  }

  @Test
  void aNameOfTenThousandCharactersWithControlCharactersKeepsThePageInOrder() {
    events.append(ODD, 0, "T\u001b[2J", Instant.parse("2026-11-22T13:07:05Z"));
    done("backup");

    Ran ran = done("restore", "--to", target);

    assertThat(ran.out())
        .doesNotContain("\u001b")
        .containsPattern("x\\\\n\\\\u001b\\[31m@7/n+\\.\\.\\.@0,\\s+type T\\\\u001b\\[2J\n");
    assertThat(ran.out().lines().filter(line -> line.contains("nnnn")))
        .allMatch(line -> line.length() <= 80);
    String document = done("restore", "--to", target, "--json").out();
    assertThat(document).doesNotContain("\u001b");
    assertThat(shell
            .run("restore", "--to", target, "--json")
            .json()
            .at("/result/lastKept/stream")
            .asText())
        .isEqualTo(ODD);
  }

  @Test
  void anEventOfSuchAStreamIsFoundAndMissedSafely() {
    long kept = events.append(ODD, 0, "T", Instant.parse("2026-11-22T13:07:05Z"));
    long dropped = events.append(ODD, 1, "T", Instant.parse("2026-11-22T13:07:06Z"));
    done("backup");

    Ran found = done("restore", "--to", target, "--before-event", ODD + "@1", "-n");
    JsonNode result = done("restore", "--to", target, "--before-event", ODD + "@1", "--json")
        .json()
        .get("result");
    Ran number = shell.run("restore", "--to", target, "--before-event", ODD + "@9", "-n");
    Ran name = shell.run("restore", "--to", target, "--before-event", ODD + "x@0", "-n");

    assertThat(result.at("/position").asLong()).isEqualTo(dropped);
    assertThat(result.at("/lastKept/position").asLong()).isEqualTo(kept);
    assertThat(result.at("/firstDropped/stream").asText()).isEqualTo(ODD);
    assertThat(number.exit()).isEqualTo(2);
    assertThat(number.err().replaceAll("\\s+", " "))
        .contains("does not exist in backup 1", "the stream has events 0 to 1");
    assertThat(name.exit()).isEqualTo(2);
    assertThat(name.err().replaceAll("\\s+", " "))
        .contains("there is no stream x\\n\\u001b[31m@7/nnn");
    for (Ran ran : List.of(found, number, name)) {
      assertThat(ran.everything()).doesNotContain("\u001b", "n".repeat(100));
    }
    Ran line = done("events", ODD, "--from", 1);
    assertThat(line.out()).doesNotContain("\u001b").hasLineCount(1);
    assertThat(new Shell.Ran(0, line.out(), "").json().get("stream").asText()).isEqualTo(ODD);
    Ran none = shell.run("events", ODD + "x");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err().replaceAll("\\s+", " "))
        .doesNotContain("\u001b", "n".repeat(100))
        .contains("of " + (ODD.length() + 1) + " characters");
  }
}
