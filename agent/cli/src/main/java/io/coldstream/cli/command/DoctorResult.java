package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.cli.output.Formats;
import io.coldstream.core.doctor.CheckResult;
import io.coldstream.core.doctor.DoctorReport;
import io.coldstream.core.doctor.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The result of {@code doctor} in {@code json-output.md}. */
record DoctorResult(
    String repository,
    String role,
    boolean fit,
    List<Check> checks,
    long leftObjects,
    double seconds) {

  /** One check; the advice is null where there is nothing to do. */
  record Check(
      String name,
      String outcome,
      String what,
      @JsonInclude(Include.ALWAYS) Optional<String> advice) {

    private static Check of(CheckResult result) {
      return new Check(
          result.name(),
          Formats.name(result.outcome()),
          result.what(),
          Optional.of(result.advice()).filter(text -> !text.isEmpty()));
    }
  }

  static DoctorResult of(DoctorReport found, String url, Duration took) {
    return new DoctorResult(
        url,
        Formats.name(found.role()),
        found.count(Outcome.FAILED) == 0,
        found.results().stream().map(Check::of).toList(),
        found.leftObjects(),
        Formats.seconds(took));
  }
}
