package io.coldstream.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Pages;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {

  @ParameterizedTest
  @CsvSource({
    "USAGE, 2",
    "SOURCE_REFUSED, 3",
    "REPOSITORY_DAMAGED, 4",
    "NO_ACCESS, 5",
    "STORE_UNAVAILABLE, 6",
    "TARGET_REFUSED, 7",
    "CONFLICT, 8",
    "VERIFICATION_FAILED, 9",
    "INTERRUPTED, 130",
    "INTERNAL, 1"
  })
  void eachKindHasItsNumber(Kind kind, int number) {
    Failure failure = Failure.of(new RunException(kind, "what to do"));

    assertThat(failure.exitCode().number()).isEqualTo(number);
    assertThat(failure.message()).isEqualTo("what to do");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void noFailureIsDone(Kind kind) {
    assertThat(ExitCode.of(kind)).isNotEqualTo(ExitCode.DONE);
  }

  @Test
  void theStoresFailureHasTheNumberOfItsMeaning() {
    assertThat(Failure.of(new StoreException(StoreException.Kind.ACCESS_DENIED, "no", null))
            .exitCode())
        .isEqualTo(ExitCode.NO_ACCESS);
  }

  @Test
  void whatNobodyThoughtOfIsOneAndSaysItsName() {
    Failure failure = Failure.of(new ArithmeticException("by zero"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(failure.message()).isEqualTo("unexpected: java.lang.ArithmeticException: by zero");
    assertThat(failure.stack())
        .anyMatch(l -> l.startsWith("    at ") && l.contains("ExitCodeTest"));
  }

  @Test
  void aLimitOfTheProcessIsNamedWithWhateverItMade() {
    IOException full = new IOException("Too many open files");
    Failure failure = Failure.of(new RunException(Kind.TARGET_REFUSED, "open a: " + full, full));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.TARGET_REFUSED);
    assertThat(failure.message()).startsWith("open a: ").contains("ulimit -n", "LimitNOFILE");
    assertThat(
            Failure.of(new OutOfMemoryError("unable to create native thread")).message())
        .contains("ulimit -u", "TasksMax");
  }

  @Test
  void anInterruptIsNoBug() {
    assertThat(Failure.of(new InterruptedException()).exitCode()).isEqualTo(ExitCode.INTERRUPTED);
  }

  @Test
  void thePageHasTheSameTable() throws IOException {
    TreeMap<Integer, String> documented = new TreeMap<>();
    for (List<String> row : Pages.rows("exit-codes.md")) {
      if (row.get(0).matches("\\d+")) {
        documented.put(Integer.valueOf(row.get(0)), row.get(1));
      }
    }
    TreeMap<Integer, String> programmed = new TreeMap<>();
    for (ExitCode code : ExitCode.values()) {
      String kind = Arrays.stream(Kind.values())
          .filter(k -> ExitCode.of(k) == code)
          .map(k -> new Failure(k, List.of(), List.of()).kindName())
          .findFirst()
          .orElse("");
      programmed.put(code.number(), kind);
    }
    programmed.put(ExitCode.HUNG_UP.number(), "interrupted");
    programmed.put(ExitCode.TERMINATED.number(), "interrupted");

    assertThat(documented).isEqualTo(programmed);
  }
}
