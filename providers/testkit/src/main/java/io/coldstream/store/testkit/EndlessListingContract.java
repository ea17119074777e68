package io.coldstream.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.ListingGuard;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.RawServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listing that does not advance is unavailable, after a number of requests that is known. */
@Timeout(120)
interface EndlessListingContract extends ScriptedServer {

  /** How often the retrying store asks. */
  int ATTEMPTS = 3;

  @Test
  default void aRepeatedTokenFailsEachAttempt() throws Exception {
    Listed listed = listed(n -> page(Optional.of("token-A"), "a" + n));
    assertFailed(listed, "does not advance", "token-A");
    assertThat(listed.requests()).isEqualTo(1 + ATTEMPTS);
  }

  @Test
  default void aRepeatedPageUnderNewTokensFailsEachAttempt() throws Exception {
    Listed listed = listed(n -> page(Optional.of("token-" + n), "a", "b"));
    assertFailed(listed, "goes backwards", "a");
    assertThat(listed.requests()).isEqualTo(1 + ATTEMPTS);
  }

  @Test
  default void namesThatGoBackwardsFailEachAttempt() throws Exception {
    Listed listed =
        listed(n -> n == 1 ? page(Optional.of("token"), "b") : page(Optional.empty(), "a"));
    assertFailed(listed, "goes backwards", "a");
    assertThat(listed.requests()).isEqualTo(1 + ATTEMPTS);
  }

  @Test
  default void emptyPagesBeyondTheLimitFailEachAttempt() throws Exception {
    ListCursor nearTheEnd = new ListCursor(
        Optional.empty(),
        Optional.of("token-0"),
        Optional.empty(),
        ListingGuard.MAX_EMPTY_PAGES - 2);
    Listed listed = listed(nearTheEnd, n -> page(Optional.of("token-" + n)));
    assertFailed(listed, "pages in a row are empty");
    assertThat(listed.requests()).isEqualTo(2 + ATTEMPTS);
  }

  @Test
  default void emptyPagesWithNewTokensAreFollowed() throws Exception {
    Listed listed =
        listed(n -> n <= 5 ? page(Optional.of("token-" + n)) : page(Optional.empty(), "a"));
    assertThat(listed.failure()).isEmpty();
    assertThat(listed.names()).containsExactly("a");
    assertThat(listed.requests()).isEqualTo(6);
  }

  @Test
  default void aListingContinuesOnceTheServerIsHealthy() throws Exception {
    Listed listed = listed(n -> switch (n) {
      case 1, 2 -> page(Optional.of("token-A"), "a");
      default -> page(Optional.empty(), "b");
    });
    assertThat(listed.failure()).isEmpty();
    assertThat(listed.names()).containsExactly("a", "b");
    assertThat(listed.requests()).isEqualTo(3);
  }

  /**
   * A listing to its end.
   *
   * @param names what was listed
   * @param requests what it took
   * @param failure what it ended with
   */
  record Listed(List<String> names, int requests, Optional<StoreException> failure) {}

  private Listed listed(IntFunction<Answer> answers) throws Exception {
    return listed(ListCursor.START, answers);
  }

  private Listed listed(ListCursor from, IntFunction<Answer> answers) throws Exception {
    Turns turns = new Turns(answers);
    List<String> names = new ArrayList<>();
    RetryPolicy policy = new RetryPolicy(
        ATTEMPTS, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1));
    try (RawServer server = new RawServer(turns::next);
        ObjectStore store = new RetryingStore(
            open(server.uri(), Duration.ofSeconds(30)), policy, new Random(1), wait -> {})) {
      StoreException failure = catchThrowableOfType(
          StoreException.class,
          () -> ListPages.each(store, ObjectPrefix.ALL, from, page -> {
            page.objects().forEach(object -> names.add(object.name().value()));
            return true;
          }));
      return new Listed(names, server.requests().size(), Optional.ofNullable(failure));
    }
  }

  private static void assertFailed(Listed listed, String... message) {
    assertThat(listed.failure()).hasValueSatisfying(failure -> {
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("/p/: the listing of objects ");
      assertThat(failure).hasMessageContainingAll(message);
    });
  }

  /** Counts requests. */
  final class Turns {
    private final IntFunction<Answer> answers;
    private int count;

    private Turns(IntFunction<Answer> answers) {
      this.answers = answers;
    }

    private synchronized Answer next(String line) {
      return answers.apply(++count);
    }
  }
}
