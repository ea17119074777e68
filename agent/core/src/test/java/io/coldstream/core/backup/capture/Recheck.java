package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.core.support.failure.RunException;

/** What the last look before a manifest says. */
final class Recheck {

  private Recheck() {}

  static String moved(Rig rig, Capture capture) {
    Throwable thrown = catchThrowable(() -> rig.step().recheck(capture));
    assertThat(thrown).isInstanceOf(SourceMoved.class);
    return thrown.getMessage();
  }

  static String refused(Rig rig, Capture capture) {
    Throwable thrown = catchThrowable(() -> rig.step().recheck(capture));
    assertThat(thrown).isInstanceOf(RunException.class);
    assertThat(((RunException) thrown).kind()).isEqualTo(RunException.Kind.SOURCE_REFUSED);
    return thrown.getMessage();
  }
}
