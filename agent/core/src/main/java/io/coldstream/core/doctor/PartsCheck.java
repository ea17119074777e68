package io.coldstream.core.doctor;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.Optional;

/**
 * Creates an object of three parts.
 *
 * @param readBack whether the identity may also read it
 */
record PartsCheck(Scratch scratch, DoctorParts parts, boolean readBack) implements Check {

  @Override
  public String name() {
    return "create in parts";
  }

  @Override
  public Permission need() {
    return Permission.CREATE_IN_PARTS;
  }

  /** Two parts and a fifth. */
  static long lengthBytes(DoctorParts parts) {
    return 2 * parts.partBytes() + parts.partBytes() / 5;
  }

  @Override
  public CheckResult run() throws IOException {
    Patterned source = new Patterned(parts.random(), lengthBytes(parts));
    ObjectName name = scratch.name("parts", source.sha256());
    try (ObjectStore store = parts.inParts().open()) {
      store.put(new PutRequest(name, source, Placement.BULK));
      Optional<StoredObject> there = store.stat(name);
      return there.filter(o -> o.lengthBytes() == source.lengthBytes()).isPresent()
              && (!readBack || Reading.isSame(store, name, source))
          ? CheckResult.passed(
              name(), readBack ? "and read back, byte by byte" : "and listed with its length")
          : CheckResult.misbehaves(
              name(), "an object that was sent in parts is not what was sent", Advice.FRAMING);
    }
  }
}
