package io.coldstream.core.doctor;

import io.coldstream.store.Need;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
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
  public Need need() {
    return Need.CREATE_IN_PARTS;
  }

  @Override
  public CheckResult run() throws IOException {
    Patterned source = new Patterned(parts.random(), PartsCheck.lengthBytes(parts));
    ObjectName name = scratch.name("resumed", source.sha256());
    breakOff(name, source);
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
    return CheckResult.passed(
        name(),
        there.get() > 0
            ? there + " of " + all + " parts need not be sent again"
            : "sends again: a put that breaks off begins anew in the next run");
  }

  private void breakOff(ObjectName name, Patterned source) throws StoreException {
    StoppingSource stopping = new StoppingSource(source, 2 * parts.partBytes() + 1);
    try (ObjectStore store = parts.breaking().open()) {
      store.put(new PutRequest(name, stopping, Placement.BULK));
      throw new IllegalStateException("a put whose source stopped has succeeded");
    } catch (StoreException e) {
      if (!stopping.hasStopped() || e.kind() != Kind.UNAVAILABLE) {
        throw e; // also when somebody else interrupts, whose flag stays
      }
      Thread.interrupted(); // by the source, and over now
    }
  }
}
