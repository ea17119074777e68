package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.testkit.LogLines;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is logged when a store is opened. */
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

  private static void open(String url, String endpoint) throws Exception {
    Opened.store(url, Map.of("endpoint", endpoint, "region", "eu-central-1")).close();
  }
}
