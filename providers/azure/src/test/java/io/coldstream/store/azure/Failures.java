package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.StoreException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

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
}
