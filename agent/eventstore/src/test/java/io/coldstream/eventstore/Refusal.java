package io.coldstream.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How a test says what must be refused, and as what. */
public final class Refusal {

  private Refusal() {}

  /** Refused as damage, with the invariant's number and these words in the message. */
  public static void damaged(Invariant invariant, ThrowingCallable call, String... words) {
    refused(DatabaseException.Kind.DAMAGED, invariant, call, words);
  }

  /** Refused as of this kind, with the invariant's number and these words in the message. */
  public static void refused(
      DatabaseException.Kind kind, Invariant invariant, ThrowingCallable call, String... words) {
    DatabaseException e = catchThrowableOfType(DatabaseException.class, call);
    assertThat(e).as("nothing was refused").isNotNull();
    assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
    assertThat(e.invariant()).as(e.getMessage()).isEqualTo(Optional.of(invariant));
    assertThat(e.getMessage()).startsWith(e.file() + ": ").contains(invariant + ": ", "; ");
    for (String word : words) {
      assertThat(e.getMessage()).contains(word);
    }
  }
}
