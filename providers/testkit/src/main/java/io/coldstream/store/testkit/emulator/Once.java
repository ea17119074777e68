package io.coldstream.store.testkit.emulator;

import java.util.function.Supplier;

/** Makes a value when it is first asked for; a failure is thrown to every caller. Thread-safe. */
final class Once<T> {

  private final Supplier<T> maker;
  private T value;
  private RuntimeException failure;

  Once(Supplier<T> maker) {
    this.maker = maker;
  }

  synchronized T get() {
    if (failure != null) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
    if (value == null) {
      try {
        value = maker.get();
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
    return value;
  }
}
