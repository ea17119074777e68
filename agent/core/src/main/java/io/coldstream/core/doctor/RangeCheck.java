package io.coldstream.core.doctor;

import io.coldstream.store.ByteRange;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Reads a stretch in the middle, and one up to the end. */
record RangeCheck(Scratch scratch) implements Check {

  @Override
  public String name() {
    return "read a range";
  }

  @Override
  public Permission need() {
    return Permission.READ;
  }

  @Override
  public CheckResult run() throws IOException {
    Optional<Sample> sample =
        scratch.samples().stream().filter(s -> s.bytes().length >= 3).findFirst();
    if (sample.isEmpty()) {
      return CheckResult.skipped(name(), Advice.NOTHING_TO_READ);
    }
    int third = sample.get().bytes().length / 3;
    return holds(sample.get(), ByteRange.of(third, third))
            && holds(sample.get(), ByteRange.from(2L * third))
        ? CheckResult.passed(name(), "a range is exactly the bytes that were asked for")
        : CheckResult.misbehaves(
            name(),
            "a range holds other bytes than were asked for",
            "do not use this store: neither can a broken read go on, nor a chunk be restored");
  }

  private boolean holds(Sample sample, ByteRange range) throws IOException {
    byte[] expected = Arrays.copyOfRange(
        sample.bytes(), (int) range.fromBytes(), (int) range.endIn(sample.bytes().length));
    return Arrays.equals(
        expected, Reading.bytes(scratch.store(), sample.name(), range, Optional.empty()));
  }
}
