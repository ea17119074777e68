package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Checksums;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.testkit.OddServerContract;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.RawServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Servers that never come to an end, worded as Google Cloud Storage would. */
class OddServerTest implements OddServerContract {

  private static final String JSON = "Content-Type: application/json\r\n";

  @Override
  public ObjectStore open(URI server, Duration timeout) throws StoreException {
    return io.coldstream.store.testkit.Opened.store(
        StoreTools.NONE,
        "gs://bucket/p",
        Map.of("endpoint", server.toString(), "anonymous", "true"),
        "timeout",
        timeout.toMillis() + "ms");
  }

  @Override
  public Answer page(Optional<String> token, String... names) {
    String items = Arrays.stream(names)
        .map(name -> "{\"name\":\"p/" + name + "\",\"size\":\"1\",\"generation\":\"1\"}")
        .collect(Collectors.joining(","));
    return Answer.of(
        200,
        JSON,
        "{\"kind\":\"storage#objects\",\"items\":[" + items + "]"
            + token.map(t -> ",\"nextPageToken\":\"" + t + "\"").orElse("") + "}");
  }

  @Override
  public Answer object(String content) {
    return Answer.of(200, "x-goog-generation: 1\r\n", content);
  }

  @Override
  public Answer created(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Answer.of(
        200,
        JSON,
        "{\"size\":\"" + bytes.length + "\",\"generation\":\"1\",\"crc32c\":\""
            + Checksums.text((int) crc.getValue()) + "\"}");
  }

  @Test
  void aListingThatDoesNotAdvanceEndsALookUp() throws Exception {
    try (RawServer server = new RawServer(line -> page(Optional.of("token-A")));
        ObjectStore store = open(server.uri(), Duration.ofSeconds(20))) {
      StoreException failure = Failures.of(() -> store.stat(NAME));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure)
          .hasMessageContaining("the listing of objects does not advance")
          .hasMessageContaining("\"token-A\"");
      assertThat(server.requests()).hasSize(2);
    }
  }
}
