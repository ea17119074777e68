package io.coldstream.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.LogLines;
import io.coldstream.store.testkit.Verb;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Each check of a doctor is one line of the log. */
class DoctorLogTest {

  @AutoClose
  private final LogLines log = new LogLines();

  @Test
  void everyCheckIsLoggedWithItsOutcomeInTheOrderOfTheReport() throws RunException {
    Fault denied = Fault.atCall(Verb.DELETE, 1).times(100).as(Kind.ACCESS_DENIED);
    DoctorReport found =
        new Clinic().through(store -> new FaultyStore(store, denied)).examined(Role.ANY);

    assertThat(log.lines())
        .containsExactlyElementsOf(found.results().stream()
            .map(result -> "DEBUG Doctor: check \"" + result.name() + "\": " + result.outcome()
                + ", " + result.what())
            .toList())
        .contains(
            "DEBUG Doctor: check \"create only\": PASSED, a second create of a name is refused")
        .anyMatch(line -> line.startsWith("DEBUG Doctor: check \"delete\": FAILED, "));
  }
}
