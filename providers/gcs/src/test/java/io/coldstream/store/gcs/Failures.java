package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.StoreException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;

/** What a call of the port failed with. */
final class Failures {

  private Failures() {}

  static StoreException of(ThrowingCallable call) {
    StoreException failure = catchThrowableOfType(StoreException.class, call);
    if (failure == null) {
      throw new AssertionError("it did not fail");
    }
    return failure;
  }

  /** The same, of a call that sent these secrets: nothing in the failure may show one. */
  static StoreException of(ThrowingCallable call, String... secrets) {
    StoreException failure = of(call);
    assertThat(List.of(secrets)).noneMatch(Throwables.getStackTrace(failure)::contains);
    return failure;
  }
}
