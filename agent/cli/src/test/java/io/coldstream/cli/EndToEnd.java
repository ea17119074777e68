package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Comparison;
import io.coldstream.cli.demo.Sample;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three days of a real database into one repository and back, by typed commands, on any store. */
abstract class EndToEnd {

  private static final String[] DAYS = {"day1", "day2", "day3"};

  @TempDir
  private Path home;

  private Shell shell;
  private Fixture series;

  /** The URL of an empty place. */
  abstract String newRepository(Path folder);

  @BeforeEach
  void unpack() {
    series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
    shell = new Shell(home).set("COLDSTREAM_REPO", newRepository(home));
  }

  private Ran done(Object... words) {
    Ran ran = shell.run(words);
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  @Test
  void everyDayOfASeriesComesBackAsItWas() throws IOException {
    long[] sent = new long[DAYS.length];
    for (int i = 0; i < DAYS.length; i++) {
      JsonNode result =
          done("backup", "--json", "--db", series.database(DAYS[i])).json().get("result");
      assertThat(result.at("/backup/sequence").asInt()).isEqualTo(i + 1);
      sent[i] = result.get("sentBytes").asLong();
    }
    assertThat(sent[1]).isBetween(1L, sent[0] / 2);
    assertThat(done("list").out().lines()).hasSize(6);
    JsonNode verified = done("verify", "--data", "--json").json().get("result");
    assertThat(verified.get("good").asBoolean()).isTrue();
    assertThat(verified.get("backups").asInt()).isEqualTo(3);
    assertThat(verified.get("readObjects").asInt()).isGreaterThan(20);

    for (int i = 0; i < DAYS.length; i++) {
      Path target = home.resolve("restored-" + DAYS[i]);
      Ran restored = done("restore", "--to", target, "--backup", i + 1);
      assertThat(restored.out())
          .contains(
              "backup " + (i + 1) + " is restored to " + target, "Now do this, in this order:");
      Comparison compared =
          Comparison.of(series.database(DAYS[i]), target, Sample.CHUNK_SIZE_BYTES);
      assertThat(compared.differences()).isEmpty();
      assertThat(compared.files()).isGreaterThan(10);
    }
  }

  @Test
  void theNewestIsRestoredUnlessAnotherIsNamed() throws IOException {
    done("backup", "--db", series.database("day1"));
    done("backup", "--db", series.database("day2"));
    Path target = home.resolve("newest");

    JsonNode dry = done("restore", "--to", target, "--dry-run", "--json").json();
    assertThat(dry.at("/result/outcome").asText()).isEqualTo("planned");
    assertThat(done("restore", "--to", target, "--dry-run").out())
        .contains("chunk-000008.000000", "indexmap", "writer.chk", "nothing was changed");
    assertThat(target).doesNotExist();
    JsonNode result = done("restore", "--to", target, "--json").json().get("result");
    assertThat(result.get("outcome").asText()).isEqualTo("restored");
    assertThat(result.get("sequence").asInt()).isEqualTo(2);
    assertThat(result.at("/now/0/text").asText()).isNotEmpty();
    assertThat(result.at("/toKnow/0/text").asText()).isNotEmpty();
    assertThat(Comparison.of(series.database("day2"), target, Sample.CHUNK_SIZE_BYTES)
            .differences())
        .isEmpty();

    JsonNode again = done("restore", "--to", target, "--json").json().get("result");
    assertThat(again.get("outcome").asText()).isEqualTo("already-done");
  }

  @Test
  void theDirectoryOfAnEarlierDayIsCompletedInPlace() throws IOException {
    done("backup", "--db", series.database("day1"));
    done("backup", "--db", series.database("day2"));
    Path node = series.database("day1");

    Ran refused = shell.run("restore", "--to", node);
    assertThat(refused.exit()).isEqualTo(7);
    assertThat(refused.err()).contains("is not empty", "--reuse");
    JsonNode result = done("restore", "--to", node, "--reuse", "--json").json().get("result");

    assertThat(result.get("fetchedBytes").asLong())
        .isLessThan(result.get("bytes").asLong() / 2);
    assertThat(result.get("reusedBytes").asLong() + result.get("fetchedBytes").asLong())
        .isEqualTo(result.get("bytes").asLong());
    assertThat(result.get("setAside")).isNotEmpty();
    assertThat(Comparison.of(series.database("day2"), node, Sample.CHUNK_SIZE_BYTES)
            .differences())
        .allMatch(difference -> difference.contains("coldstream-set-aside/"));
  }

  @Test
  void aTargetThatHoldsSomethingIsRefused() throws IOException {
    done("backup", "--db", series.database("day1"));
    Path target = Files.createDirectories(home.resolve("full"));
    Files.writeString(target.resolve("precious.txt"), "mine");

    Ran ran = shell.run("restore", "--to", target);

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(7);
    assertThat(target.resolve("precious.txt")).hasContent("mine");
    assertThat(shell.run("restore", "--to", target, "--discard").exit()).isEqualTo(7);
  }
}
