package io.coldstream.core.doctor;

import io.coldstream.store.Need;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.SweepResult;
import java.io.IOException;

/**
 * Finds and removes what interrupted puts of doctors left behind.
 *
 * @param prefix of which: this run's place, or all
 */
record SweepCheck(Scratch scratch, ObjectPrefix prefix) implements Check {

  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public Need need() {
    return Need.SWEEP;
  }

  @Override
  public CheckResult run() throws IOException {
    SweepResult first = scratch.sweep(prefix);
    SweepResult second = scratch.sweep(prefix);
    if (first.removed() > 0 && second.found() > first.found() - first.removed()) {
      return CheckResult.misbehaves(
          name(),
          "an unfinished upload is still there after it was removed",
          "let a rule of the store remove unfinished uploads after some days");
    }
    String found = "unfinished uploads found: " + first.found();
    return first.found() == first.removed()
        ? CheckResult.passed(name(), found + ", removed: " + first.removed())
        : CheckResult.passed(name(), found + "; the store lets them expire by themselves");
  }
}
