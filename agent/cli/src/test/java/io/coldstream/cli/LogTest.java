package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process logs to standard error: nothing, unless the environment asks for it. */
class LogTest {

  private static final String SECRET = "hunter2-hunter2";
  private static final String LINE =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z [A-Z]+ +\\w+: .*";

  @TempDir
  private Path home;

  @ParameterizedTest
  @ValueSource(strings = {"", "off", "warn", "info"})
  void aRetryIsNotLoggedByDefault(String level) throws Exception {
    Ran ran = retried(level.isEmpty() ? Map.of() : Map.of("COLDSTREAM_LOG", level));

    assertThat(ran.err()).doesNotContain("Retries");
    if (!level.equals("info")) {
      assertThat(ran.err()).isEmpty();
    }
  }

  @Test
  void aRetryIsLoggedAtDebugWithoutSecrets() throws Exception {
    Ran ran = retried(Map.of("COLDSTREAM_LOG", "debug"));

    assertThat(ran.err().lines())
        .allMatch(line -> line.matches(LINE), "is a line of the log")
        .anyMatch(line -> line.contains(
            " DEBUG Retries: attempt 1 of 2 failed (UNAVAILABLE): read s3://bucket/p/"));
    assertThat(ran.everything()).doesNotContain(SECRET);
  }

  @Test
  void theStepsOfABackupAreLoggedAtInfo() throws Exception {
    Path node = home.resolve("node");
    Sample.unpack(Sample.Day.TUESDAY, node);

    Ran ran = child(
        Map.of(
            "COLDSTREAM_LOG", "info", "COLDSTREAM_STATE", home.resolve("state").toString()),
        List.of(
            "backup",
            "--json",
            "--min-free=0",
            "--db=" + node,
            "--repo=" + home.resolve("repository").toUri()));

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.err().lines())
        .anyMatch(line -> line.endsWith(" INFO  RunLog: step: capture"))
        .anyMatch(line -> line.endsWith(" INFO  RunLog: step: commit"))
        .anyMatch(line -> line.contains(" WARN  RunLog: created a NEW repository"))
        .noneMatch(line -> line.contains(" DEBUG "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"loud", "DEBUG", "trace", SECRET})
  void aValueThatIsNoLevelIsAUsageError(String value) throws Exception {
    Ran ran = new Shell(home).set("COLDSTREAM_LOG", value).run("list", "--repo=file:///nowhere/r");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("COLDSTREAM_LOG", "off, warn, info or debug");
    assertThat(ran.everything()).doesNotContain(SECRET);
  }

  /** The store is busy once, and then has no repository. */
  private Ran retried(Map<String, String> environment) throws IOException, InterruptedException {
    AtomicBoolean busy = new AtomicBoolean(true);
    try (RawServer server = new RawServer(line -> busy.getAndSet(false)
        ? Answer.of(503, "", "<Error><Code>SlowDown</Code></Error>")
        : Answer.of(404, "", "<Error><Code>NoSuchBucket</Code></Error>"))) {
      Map<String, String> all = new HashMap<>(environment);
      all.put("AWS_ACCESS_KEY_ID", "coldstream");
      all.put("AWS_SECRET_ACCESS_KEY", SECRET);
      all.put("AWS_SESSION_TOKEN", SECRET);
      String repo = "s3://bucket/p?attempts=2&path-style=true&endpoint=" + server.uri();
      Ran ran = child(all, List.of("list", "--json", "--repo=" + repo));
      assertThat(server.requests()).as(ran.everything()).hasSizeGreaterThan(1);
      return ran;
    }
  }

  private Ran child(Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    return Child.start(home, List.of(), environment, words).ran();
  }
}
