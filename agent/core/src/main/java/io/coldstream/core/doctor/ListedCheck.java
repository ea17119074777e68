package io.coldstream.core.doctor;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Lists what was just created, with its right length, and from a name on. */
record ListedCheck(Scratch scratch) implements Check {

  @Override
  public String name() {
    return "list after create";
  }

  @Override
  public Permission need() {
    return Permission.LIST;
  }

  @Override
  public CheckResult run() throws IOException {
    List<Sample> samples = scratch.samples();
    if (samples.isEmpty()) {
      return CheckResult.skipped(name(), "nothing could be created");
    }
    List<StoredObject> listed = scratch.all(scratch.prefix());
    for (Sample sample : samples) {
      Optional<StoredObject> found =
          listed.stream().filter(o -> o.name().equals(sample.name())).findFirst();
      if (found.isEmpty()) {
        return CheckResult.misbehaves(
            name(),
            "an object that was created is not listed",
            "do not use this store: a backup believes its listings");
      }
      if (found.get().lengthBytes() != sample.bytes().length) {
        return CheckResult.misbehaves(
            name(),
            "an object of " + sample.bytes().length + " bytes is listed with "
                + found.get().lengthBytes(),
            Advice.FRAMING);
      }
    }
    return startsBehind(samples.get(0).name())
        ? CheckResult.passed(name(), "what was created is listed at once, with its length")
        : CheckResult.misbehaves(
            name(),
            "a listing that is to start behind a name does not",
            "do not use this store: backups are found by where a listing starts");
  }

  private boolean startsBehind(ObjectName name) throws StoreException {
    List<StoredObject> behind =
        scratch.store().list(scratch.prefix(), ListCursor.after(name)).objects();
    return behind.stream().allMatch(o -> o.name().compareTo(name) > 0);
  }
}
