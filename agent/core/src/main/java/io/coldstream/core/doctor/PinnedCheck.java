package io.coldstream.core.doctor;

import io.coldstream.store.ByteRange;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads an object by its version, and by one that it has not: a read that is taken up again must never
 * go on in another object.
 */
record PinnedCheck(Scratch scratch) implements Check {

  private static final ByteRange FIRST_BYTE = ByteRange.of(0, 1);

  @Override
  public String name() {
    return "read one version";
  }

  @Override
  public Permission need() {
    return Permission.READ;
  }

  @Override
  public CheckResult run() throws IOException {
    List<Sample> samples = scratch.samples();
    if (samples.size() < 2) {
      return CheckResult.skipped(name(), Advice.NOTHING_TO_READ);
    }
    Sample sample = samples.get(0);
    byte[] own = Reading.bytes(
        scratch.store(), sample.name(), FIRST_BYTE, Optional.of(sample.stored().version()));
    if (!Arrays.equals(own, Arrays.copyOf(sample.bytes(), 1))) {
      return misbehaves("an object's own version reads as something else");
    }
    try {
      String others = samples.get(1).stored().version();
      Reading.bytes(scratch.store(), sample.name(), FIRST_BYTE, Optional.of(others));
    } catch (StoreException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
      return CheckResult.passed(name(), "a version that is not there is refused");
    }
    return misbehaves("a version that is not there is read all the same");
  }

  private CheckResult misbehaves(String what) {
    return CheckResult.misbehaves(
        name(), what, "do not use this store: a read that is taken up again could mix two objects");
  }
}
