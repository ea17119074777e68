package io.coldstream.core.doctor;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.SweepResult;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds and removes what interrupted puts of doctors left behind.
 *
 * @param prefix of which: this run's place, or all
 * @param parts breaks a put off, so that there is something to find; empty for an identity that cannot
 *     create
 */
record SweepCheck(Scratch scratch, ObjectPrefix prefix, Optional<DoctorParts> parts)
    implements Check {

  private static final String RULE =
      "let the store remove unfinished uploads by itself after some days";

  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public Permission need() {
    return Permission.SWEEP;
  }

  @Override
  public CheckResult run() throws IOException {
    Optional<Left> left = parts.isPresent() ? leave(parts.get()) : Optional.empty();
    SweepResult first = scratch.sweep(prefix);
    if (left.isPresent() && first.found() == 0) {
      finish(parts.orElseThrow(), left.get());
      return CheckResult.warning(
          name(),
          "an unfinished upload was not found: the store does not list it under its prefix",
          RULE);
    }
    SweepResult second = scratch.sweep(prefix);
    if (first.removed() > 0 && second.found() > first.found() - first.removed()) {
      return CheckResult.misbehaves(
          name(), "an unfinished upload is still there after it was removed", RULE);
    }
    String found = "unfinished uploads found: " + first.found();
    return first.found() == first.removed()
        ? CheckResult.passed(name(), found + ", removed: " + first.removed())
        : CheckResult.passed(name(), found + "; the store lets them expire by themselves");
  }

  /** A put that was broken off. */
  private record Left(ObjectName name, Patterned source) {}

  /** Breaks a put off in its second part. Where nothing can be sent, an earlier check has said why. */
  private Optional<Left> leave(DoctorParts parts) throws IOException {
    Patterned source = new Patterned(parts.random(), parts.partBytes() + parts.partBytes() / 5);
    ObjectName name = scratch.name("unfinished", source.sha256());
    try {
      StoppingSource.breakOff(parts.breaking(), name, source, parts.partBytes() + 1);
      return Optional.of(new Left(name, source));
    } catch (StoreException e) {
      if (e.kind() == Kind.UNAVAILABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Makes an object of the upload, by its exact name: objects can be removed. */
  private void finish(DoctorParts parts, Left left) throws StoreException {
    AtomicBoolean resumed = new AtomicBoolean();
    try (ObjectStore store = parts.inParts().open()) {
      store.put(new PutRequest(
          left.name(), left.source(), Placement.BULK, (there, all) -> resumed.set(true)));
    }
    if (!resumed.get()) {
      scratch.leaveUpload();
    }
  }
}
