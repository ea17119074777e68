package io.coldstream.core.doctor;

import io.coldstream.core.repository.Layout;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Sends an object in parts, resumes a broken put, and aborts incomplete uploads.
 *
 * @param scratch where
 * @param mayRead whether the identity may also read what it sent
 * @param stores the store with small parts
 * @param random chooses contents
 * @param permissions what the provider calls a permission
 */
record PartChecks(
    Scratch scratch,
    boolean mayRead,
    DoctorStores stores,
    RandomGenerator random,
    Function<Permission, String> permissions) {

  private static final int BUFFER_BYTES = 1 << 16;

  private static final String RULE =
      "let the store remove unfinished uploads by itself after some days";

  /** Creates an object of three parts. */
  CheckResult inParts(Check check) throws IOException {
    PatternedSource source = threeParts();
    ObjectName name = scratch.name("parts", source.sha256());
    try (ObjectStore store = stores.inParts().open()) {
      store.put(new PutRequest(name, source, Placement.BULK));
      return isStored(store, name, source)
          ? check.passed(mayRead ? "and read back, byte by byte" : "and listed with its length")
          : check.misbehaves(
              "an object that was sent in parts is not what was sent", ReadChecks.FRAMING);
    }
  }

  /**
   * Breaks a put off in its third part, as a process that is stopped does, and puts it again by another
   * connection. The parts that arrived need not be sent again, if the store lists them.
   */
  CheckResult resume(Check check) throws IOException {
    PatternedSource source = threeParts();
    ObjectName name = scratch.name("resumed", source.sha256());
    StoppingSource.breakOff(stores.breaking(), name, source, 2 * stores.partBytes() + 1);
    AtomicInteger there = new AtomicInteger();
    AtomicInteger all = new AtomicInteger();
    try (ObjectStore store = stores.inParts().open()) {
      store.put(new PutRequest(name, source, Placement.BULK, (found, count) -> {
        there.set(found);
        all.set(count);
      }));
      if (!isStored(store, name, source)) {
        return check.misbehaves(
            "an object that was sent in two runs is not what was sent", ReadChecks.FRAMING);
      }
    }
    return there.get() > 0
        ? check.passed(there.get() + " of " + all + " parts need not be sent again")
        : check.warning(
            "not resumed: a put that breaks off is sent again from its beginning",
            "give the identity, if it lacks any of them: "
                + permissions.apply(check.permission())
                + "; a store that does not list the parts that it has cannot resume: its unfinished"
                + " uploads must expire, or be removed by a rule");
  }

  /** Two parts and a fifth. */
  private PatternedSource threeParts() {
    return new PatternedSource(random, 2 * stores.partBytes() + stores.partBytes() / 5);
  }

  private boolean isStored(ObjectStore store, ObjectName name, ObjectSource sent)
      throws IOException {
    Optional<StoredObject> there = store.stat(name);
    return there.filter(o -> o.lengthBytes() == sent.lengthBytes()).isPresent()
        && (!mayRead || isSame(store, name, sent));
  }

  /** Whether an object of any length is what was sent, byte by byte. */
  private static boolean isSame(ObjectStore store, ObjectName name, ObjectSource sent)
      throws IOException {
    try (ObjectContent content = store.read(name, ByteRange.WHOLE, Optional.empty());
        InputStream expected = sent.open(0)) {
      byte[] wanted;
      do {
        wanted = expected.readNBytes(BUFFER_BYTES);
        if (!Arrays.equals(wanted, content.stream().readNBytes(BUFFER_BYTES))) {
          return false;
        }
      } while (wanted.length > 0);
      return true;
    }
  }

  /** Breaks a put off, and must find and abort its upload. */
  CheckResult sweepOwn(Check check) throws IOException {
    Optional<BrokenPut> broken = breakOff();
    SweepResult first = scratch.sweep(scratch.prefix());
    if (broken.isPresent() && first.found() == 0) {
      finish(broken.get());
      return check.warning(
          "an unfinished upload was not found: the store does not list it under its prefix", RULE);
    }
    return swept(check, scratch.prefix(), first);
  }

  /** Aborts the uploads of all doctors, for an identity that cannot create one. */
  CheckResult sweepAll(Check check) throws IOException {
    return swept(check, Layout.DOCTOR, scratch.sweep(Layout.DOCTOR));
  }

  private CheckResult swept(Check check, ObjectPrefix prefix, SweepResult first)
      throws StoreException {
    SweepResult second = scratch.sweep(prefix);
    if (first.removed() > 0 && second.found() > first.found() - first.removed()) {
      return check.misbehaves("an unfinished upload is still there after it was removed", RULE);
    }
    String found = "unfinished uploads found: " + first.found();
    return first.found() == first.removed()
        ? check.passed(found + ", removed: " + first.removed())
        : check.passed(found + "; the store lets them expire by themselves");
  }

  private record BrokenPut(ObjectName name, PatternedSource source) {}

  /** Breaks a put off in its second part. If nothing can be sent, an earlier check has said why. */
  private Optional<BrokenPut> breakOff() throws IOException {
    PatternedSource source =
        new PatternedSource(random, stores.partBytes() + stores.partBytes() / 5);
    ObjectName name = scratch.name("unfinished", source.sha256());
    try {
      StoppingSource.breakOff(stores.breaking(), name, source, stores.partBytes() + 1);
      return Optional.of(new BrokenPut(name, source));
    } catch (StoreException e) {
      if (e.kind() == Kind.UNAVAILABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Makes an object of the upload, by its exact name: objects can be removed. */
  private void finish(BrokenPut broken) throws StoreException {
    AtomicBoolean resumed = new AtomicBoolean();
    try (ObjectStore store = stores.inParts().open()) {
      store.put(new PutRequest(
          broken.name(), broken.source(), Placement.BULK, (there, all) -> resumed.set(true)));
    }
    if (!resumed.get()) {
      scratch.leaveUpload();
    }
  }
}
