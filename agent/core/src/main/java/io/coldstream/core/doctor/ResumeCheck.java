package io.coldstream.core.doctor;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Breaks a put off in its third part, as a process that is stopped does, and puts it again by another
 * connection: what arrived need not be sent again, or must be.
 *
 * @param readBack whether the identity may also read the object
 */
record ResumeCheck(Scratch scratch, DoctorParts parts, boolean readBack) implements Check {

  @Override
  public String name() {
    return "go on with a broken put";
  }

  @Override
  public Permission need() {
    return Permission.CREATE_IN_PARTS;
  }

  @Override
  public CheckResult run() throws IOException {
    Patterned source = new Patterned(parts.random(), PartsCheck.lengthBytes(parts));
    ObjectName name = scratch.name("resumed", source.sha256());
    StoppingSource.breakOff(parts.breaking(), name, source, 2 * parts.partBytes() + 1);
    AtomicInteger there = new AtomicInteger();
    AtomicInteger all = new AtomicInteger();
    try (ObjectStore store = parts.inParts().open()) {
      store.put(new PutRequest(name, source, Placement.BULK, (found, count) -> {
        there.set(found);
        all.set(count);
      }));
      Optional<StoredObject> stored = store.stat(name);
      if (stored.filter(o -> o.lengthBytes() == source.lengthBytes()).isEmpty()
          || (readBack && !Reading.isSame(store, name, source))) {
        return CheckResult.misbehaves(
            name(), "an object that was sent in two runs is not what was sent", Advice.FRAMING);
      }
    }
    return there.get() > 0
        ? CheckResult.passed(name(), there.get() + " of " + all + " parts need not be sent again")
        : CheckResult.warning(
            name(),
            "not resumed: a put that breaks off is sent again from its beginning",
            "give the identity, if it lacks any of them: "
                + parts.permissions().apply(need())
                + "; a store that does not tell what has arrived cannot resume: its unfinished"
                + " uploads must expire, or be removed by a rule");
  }
}
