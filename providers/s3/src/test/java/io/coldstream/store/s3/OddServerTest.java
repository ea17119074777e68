package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.OddServerContract;
import io.coldstream.store.testkit.http.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Servers that never come to an end, worded as S3 would. */
class OddServerTest implements OddServerContract {

  @Override
  public ObjectStore open(URI server, Duration timeout) throws StoreException {
    return Opened.store(
        "s3://bucket/p",
        S3Server.settings(server),
        "timeout",
        timeout.toMillis() + "ms",
        "checksums",
        "when-required");
  }

  @Override
  public Answer page(Optional<String> token, String... names) {
    return Answer.of(
        200,
        "",
        "<ListBucketResult><Name>bucket</Name>"
            + Arrays.stream(names)
                .map(name -> "<Contents><Key>p/" + name
                    + "</Key><Size>1</Size><ETag>\"e\"</ETag></Contents>")
                .collect(Collectors.joining())
            + token
                .map(t -> "<IsTruncated>true</IsTruncated><NextContinuationToken>" + t
                    + "</NextContinuationToken>")
                .orElse("")
            + "</ListBucketResult>");
  }

  @Override
  public Answer object(String content) {
    return Answer.of(200, "ETag: \"e\"\r\n", content);
  }

  @Override
  public Answer created(String content) {
    return Answer.of(200, "ETag: \"e\"\r\n", "");
  }

  @Test
  void aListingOfUnfinishedUploadsThatDoesNotAdvanceEndsTheSweep() throws Exception {
    Answer page = Answer.of(
        200,
        "",
        "<ListMultipartUploadsResult><Bucket>bucket</Bucket><IsTruncated>true</IsTruncated>"
            + "<NextKeyMarker>p/k</NextKeyMarker><NextUploadIdMarker>id</NextUploadIdMarker>"
            + "</ListMultipartUploadsResult>");
    try (S3Server server = new S3Server(line -> page);
        ObjectStore store = open(server.uri(), Duration.ofSeconds(20))) {
      StoreException failure = Failures.of(() -> store.sweep(ObjectPrefix.ALL, Duration.ofDays(1)));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure)
          .hasMessageContaining("the listing of unfinished uploads does not advance")
          .hasMessageContaining("\"p/k id\"");
      assertThat(server.requests()).hasSize(2);
    }
  }
}
