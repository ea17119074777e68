package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is told when the database moved on. */
final class Moved {

  private Moved() {}

  static String message(ThrowingCallable action) {
    SourceMoved moved = catchThrowableOfType(SourceMoved.class, action);
    assertThat(moved).isNotNull();
    return moved.getMessage();
  }
}
