package io.coldstream.store.azure;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Servers that never come to an end, worded as Azure would. */
class OddServerTest implements OddServerContract {

  @Override
  public ObjectStore open(URI server, Duration timeout) throws StoreException {
    return Opened.store(
        RawAzure.KEY,
        RawAzure.URL,
        Map.of("endpoint", server + "/account"),
        "timeout",
        timeout.toMillis() + "ms");
  }

  @Override
  public Answer page(Optional<String> token, String... names) {
    return RawAzure.listing(
        Arrays.stream(names)
            .map(name -> RawAzure.blob("p/" + name, 1, "0x1"))
            .collect(Collectors.joining()),
        token.orElse(""));
  }

  @Override
  public Answer object(String content) {
    return Answer.of(200, "ETag: \"0x1\"\r\n", content);
  }

  @Override
  public Answer created(String content) {
    return RawAzure.created("ETag: \"0x1\"\r\n");
  }

  @Test
  void aListingThatDoesNotAdvanceEndsASweepAndALookUp() throws Exception {
    try (RawAzure server = new RawAzure(line -> page(Optional.of("token-A")));
        ObjectStore store = server.open()) {
      for (StoreException failure : List.of(
          Failures.of(() -> store.sweep(ObjectPrefix.ALL, Duration.ofDays(1))),
          Failures.of(() -> store.stat(NAME)))) {
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure)
            .hasMessageFindingMatch("the listing of (objects|unfinished uploads) does not advance")
            .hasMessageContaining("\"token-A\"");
      }
      assertThat(server.requests()).hasSize(2 + 2);
    }
  }
}
