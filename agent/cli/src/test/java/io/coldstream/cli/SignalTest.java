package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is told to stop while it waits for a store that never answers. */
class SignalTest {

  private static final Map<String, String> CREDENTIALS =
      Map.of("AWS_ACCESS_KEY_ID", "coldstream", "AWS_SECRET_ACCESS_KEY", "not-a-secret");

  private static final int LONGEST_START_MILLIS = 120_000;

  @TempDir
  private Path home;

  private Child stopped(ServerSocket silent, String signal, String... more)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(more));
    silent.setSoTimeout(LONGEST_START_MILLIS);
    words.addAll(List.of(
        "--repo",
        "s3://bucket/p?path-style=true&region=us-east-1&endpoint=http://127.0.0.1:"
            + silent.getLocalPort()));
    Child child = Child.start(home, List.of("-Xmx64m"), CREDENTIALS, words);
    try (Socket request = silent.accept()) {
      assertThat(request.getInputStream().read()).isPositive(); // it is asking
      child.signal(signal);
      child.exit();
    }
    return child;
  }

  @ParameterizedTest
  @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
  void itEndsSoonWithTheSignalsNumberAndSaysHowToGoOn(String signal, int exit) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Child restore =
          stopped(silent, signal, "restore", "--to", home.resolve("target").toString());

      assertThat(restore.exit()).as(restore.said()).isEqualTo(exit);
      assertThat(restore.said())
          .startsWith("coldstream restore: stopped")
          .contains("run the same command again")
          .doesNotContain("is killed");
      String again = "coldstream restore --to " + home.resolve("target")
          + " --repo 's3://bucket/p?path-style=true&region=us-east-1&endpoint=http://127.0.0.1:"
          + silent.getLocalPort() + "'";
      assertThat(Pasted.commands(restore.said())).containsExactly(again, again + " --discard");
    }
  }

  @ParameterizedTest
  @CsvSource({"list, INT, 130", "show, TERM, 143", "verify, TERM, 143", "restore, INT, 130"})
  void whatChangesNothingSaysSoInOneLine(String command, String signal, int exit) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Child child = command.equals("restore")
          ? stopped(
              silent, signal, command, "--dry-run", "--to", home.resolve("new").toString())
          : stopped(silent, signal, command);

      assertThat(child.exit()).as(child.said()).isEqualTo(exit);
      assertThat(child.said())
          .isEqualToIgnoringNewLines(
              "coldstream " + command + ": stopped before it was done; nothing was changed");
    }
  }

  @Test
  void theDocumentSaysInterrupted() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Child list = stopped(silent, "TERM", "list", "--json");

      assertThat(list.exit()).isEqualTo(143);
      assertThat(list.said())
          .startsWith("{")
          .contains("\"kind\" : \"interrupted\"")
          .doesNotContain("\"exit\"");
    }
  }
}
