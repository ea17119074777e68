package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.RestoreText;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import io.coldstream.store.testkit.emulator.Program;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Follows {@code RESTORE.txt} with a shell and Amazon's own command. */
@NeedsEmulator("aws")
class RestoreTextOnS3Test {

  @TempDir
  private Path home;

  /** Of the first day the node has lost most chunk versions since; of the last one it has all. */
  @ParameterizedTest
  @CsvSource({"s3proxy, 1", "s3mock, 3"})
  void givesADatabaseThatTheCheckerAccepts(String server, int backup) throws Exception {
    S3Emulator emulator = server.equals("s3mock") ? S3Emulator.s3mock() : S3Emulator.s3proxy();
    String url = emulator.newUrl("by/hand");
    Shell shell = new Shell(home).set("COLDSTREAM_REPO", url);
    Fixture series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
    for (String day : List.of("day1", "day2", "day3")) {
      assertThat(shell.run("backup", "--db", series.database(day)).exit()).isZero();
    }
    Path target = home.resolve("by-hand");
    String place = url.replaceFirst("\\?.*", "");
    if (server.equals("s3proxy")) {
      Path script = Files.write(home.resolve("RESTORE.sh"), RestoreText.script());
      assertThat(run(emulator, "sh " + script + " " + place + "/ " + backup + " " + target))
          .startsWith("CHUNK SIZE: start the server with --chunk-size 262144\n")
          .contains("Backup " + backup + " is in " + target);
    } else {
      assertThat(follow(
              emulator,
              Map.of(
                  "REPO", place,
                  "BACKUP", String.format(Locale.ROOT, "%012d", backup),
                  "TARGET", target.toString())))
          .isEqualTo("CHUNK SIZE: start the server with --chunk-size 262144\n");
    }
    DatabaseSet byHand = DatabaseSet.read(target);
    assertThat(Oracle.structural().arranged().check(byHand)).isEmpty();
    assertThat(byHand.index()).containsKey("indexmap");
  }

  /** Runs the page's lines in one shell, with these values in the place of its examples. */
  private String follow(S3Emulator emulator, Map<String, String> values) throws Exception {
    List<String> commands = new ArrayList<>();
    new String(RestoreText.bytes(), StandardCharsets.US_ASCII)
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("[s3] ") || line.startsWith("[all] "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .map(line -> {
          String variable = line.replaceFirst("=.*", "");
          return values.containsKey(variable) ? variable + "=" + values.get(variable) : line;
        })
        .forEach(commands::add);
    return run(emulator, String.join("\n", commands));
  }

  private String run(S3Emulator emulator, String commands) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", commands);
    Path aws = Program.AWS.find().orElseThrow().file();
    builder
        .environment()
        .merge("PATH", aws.getParent() + File.pathSeparator, (path, ours) -> ours + path);
    builder.environment().put("AWS_ENDPOINT_URL", emulator.endpoint().toString());
    builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(emulator.environment());
    Path log = home.resolve("log");
    Process shell =
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(shell.waitFor(4, TimeUnit.MINUTES)).isTrue();
    } finally {
      shell.destroyForcibly();
    }
    return Files.readString(log);
  }
}
