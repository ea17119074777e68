package io.coldstream.core.doctor;

import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.Arrays;

/** Reads what was sent. */
record ReadBackCheck(Scratch scratch) implements Check {

  @Override
  public String name() {
    return "read back";
  }

  @Override
  public Permission need() {
    return Permission.READ;
  }

  @Override
  public CheckResult run() throws IOException {
    for (Sample sample : scratch.samples()) {
      byte[] read = Reading.bytes(scratch.store(), sample.name());
      if (!Arrays.equals(read, sample.bytes())) {
        return CheckResult.misbehaves(
            name(),
            "what is read is not what was sent (" + read.length + " bytes instead of "
                + sample.bytes().length + ")",
            Advice.FRAMING);
      }
    }
    return scratch.samples().isEmpty()
        ? CheckResult.skipped(name(), Advice.NOTHING_TO_READ)
        : CheckResult.passed(name(), "what is read is what was sent");
  }
}
