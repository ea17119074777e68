package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.Break;
import io.coldstream.store.testkit.http.BreakingProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that fails now and then is outlasted, with the settings that everybody has. */
class UnsteadyStoreTest {

  private static final int CHUNK_SIZE_BYTES = 9 << 20;

  @TempDir
  private Path home;

  @ParameterizedTest
  @ValueSource(strings = {"s3", "gs", "az"})
  void isOutlasted(String scheme) throws IOException {
    String url = Repositories.onEveryStore(home).get(scheme);
    assumeThat(url).as("where it is installed").isNotNull();
    Path node = home.resolve("node");
    SyntheticDatabase.write(node, SyntheticDatabase.Shape.large(1, CHUNK_SIZE_BYTES));
    Path target = home.resolve("target");

    Break busy = Break.at("").answering(Answer.of(503, "", "")).every(10);
    outlasts(url, List.of(busy), "backup", "--min-free", "0", "--db", node);
    // Reads of chunks break within, and their attempts go on there.
    String chunk = "GET .*chunk-";
    outlasts(
        url,
        List.of(
            Break.at(chunk).afterResponseBytes(3_000_000).first(1),
            Break.at(chunk).afterResponseBytes(2_000_000).resetting().every(2)),
        "restore",
        "--to",
        target);
    String file = "chunk-000000.000000";
    assertThat(target.resolve(file)).hasSameBinaryContentAs(node.resolve(file));
  }

  private void outlasts(String url, List<Break> breaks, Object... words) throws IOException {
    URI server = URI.create(url.replaceFirst(".*[?&]endpoint=", "").replaceFirst("&.*", ""));
    try (BreakingProxy proxy = new BreakingProxy(server, breaks.toArray(Break[]::new))) {
      String through = url.replace(server.getAuthority(), proxy.uri().getAuthority());
      Ran ran = new Shell(home).set("COLDSTREAM_REPO", through).run(words);
      assertThat(ran.exit()).as(ran.everything()).isZero();
      assertThat(proxy.hasBroken()).isTrue();
    }
  }
}
