package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.testkit.LogLines;
import io.coldstream.store.testkit.RandomSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is logged when a store is opened and used. */
class S3StoreLogTest {

  @Test
  void theWayInWhichAStoreIsUsedIsLogged() throws Exception {
    try (LogLines log = new LogLines()) {
      open("s3://bucket/p", "https://store.example");
      assertThat(log.lines())
          .containsExactly(
              "INFO S3StoreProvider: store \"unknown\": bucket in the host name, CRC-32C"
                  + " trailers, at most 10000 parts, create-only put is atomic");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "s3://bucket/p, http://127.0.0.1:9000, path",
    "s3://bucket/p, 'http://[::1]:9000', path",
    "s3://bucket/p, http://localhost:9000, host name",
    "s3://my.bucket/p, https://store.example, path",
    "s3://my.bucket/p, http://store.example, host name",
    "s3://my_bucket/p, https://store.example, path",
  })
  void theLogSaysWhereTheBucketReallyGoes(String url, String endpoint, String place)
      throws Exception {
    try (LogLines log = new LogLines()) {
      open(url, endpoint);
      assertThat(log.lines()).hasSize(1).allMatch(line -> line.contains("bucket in the " + place));
    }
  }

  @Test
  void uploadsThatCannotBeListedAreLogged() throws Exception {
    RandomSource source = new RandomSource(1, (5 << 20) + 1);
    ScriptedUploads answers = new ScriptedUploads();
    answers.completedBytes = source.lengthBytes();
    answers.uploads = S3Server.error(403, "AccessDenied");
    try (S3Server server = new S3Server(answers);
        ObjectStore store = Opened.store("s3://bucket/p", server.settings());
        LogLines log = new LogLines()) {
      store.put(new PutRequest(new ObjectName("chunks/a"), source, Placement.BULK));
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .startsWith("DEBUG UploadSearch: unfinished uploads cannot be listed, none is resumed: ")
          .contains("AccessDenied");
    }
  }

  private static void open(String url, String endpoint) throws Exception {
    Opened.store(url, Map.of("endpoint", endpoint, "region", "eu-central-1")).close();
  }
}
