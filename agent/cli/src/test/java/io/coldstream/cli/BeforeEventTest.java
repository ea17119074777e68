package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restore up to an event, typed as a command. */
class BeforeEventTest {

  @TempDir
  private Path home;

  private static Ran done(Ran ran) {
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "s3", "gs", "az"})
  void anEventIsFoundOnEveryStore(String scheme) {
    String repo = Repositories.onEveryStore(home).get(scheme);
    assumeThat(repo).as("this machine has no emulator of " + scheme).isNotNull();
    Fixture orders = Fixture.unpack("orders-" + Fixtures.NEWEST, home);
    Shell shell = new Shell(home).set("COLDSTREAM_REPO", repo);
    done(shell.run("backup", "--db", orders.database()));

    JsonNode result = done(shell.run(
            "restore", "--to", home.resolve("to"), "--before-event", "order-7@174", "--json"))
        .json()
        .get("result");

    assertThat(result.get("outcome").asText()).isEqualTo("restored");
    assertThat(result.at("/firstDropped/stream").asText()).isEqualTo("order-7");
    // The writer appended several events at a time.
    assertThat(result.at("/firstDropped/eventNumber").asLong()).isEqualTo(168);
    assertThat(result.get("notes").toString())
        .contains(", in an atomic write that begins at position "
            + result.at("/firstDropped/position").asLong() + ": all of it is left out");
  }

  @Test
  void whatCannotBeHadIsAUsageError() {
    Fixture orders = Fixture.unpack("orders-" + Fixtures.NEWEST, home);
    Shell shell = new Shell(home)
        .set("COLDSTREAM_REPO", home.resolve("repository").toUri().toString());
    done(shell.run("backup", "--db", orders.database()));
    Object[][] refused = {
      {"--before-event", "order-7@999999", "does not exist in backup 1"},
      {"--before-event", "no\u001bsuch@0", "there is no stream no\\u001bsuch in"},
      {"--before-event", "order-7", "not an event, which is the name of its stream"},
      {"--before-event", "order-7@1", "--at", "2026-11-22T13:00Z", "cannot be combined"},
      {"--before-event", "order-7@1", "--position", "5", "cannot be combined"},
      {"--before-event", "order-7@1", "--arrange", "truncate", "need --arrange direct"},
    };
    for (Object[] words : refused) {
      Object[] typed = new Object[words.length + 2];
      typed[0] = "restore";
      typed[1] = "--to=" + home.resolve("to");
      System.arraycopy(words, 0, typed, 2, words.length - 1);
      typed[words.length + 1] = "-n";

      Ran ran = shell.run(typed);

      assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
      assertThat(ran.err()).contains((String) words[words.length - 1]);
    }
    assertThat(done(shell.run(
                "restore",
                "--to",
                home.resolve("to"),
                "-n",
                "--backup",
                "1",
                "--before-event",
                "order-7@174"))
            .out())
        .contains("event order-7@174 is at position ");
  }
}
