package io.coldstream.core.doctor;

import io.coldstream.core.repository.Layout;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.List;

/** Removes what the doctors of writers left behind, which is also the proof that it may. */
record ClearCheck(Scratch scratch, Areas areas) implements Check {

  @Override
  public String name() {
    return "delete";
  }

  @Override
  public Permission need() {
    return Permission.DELETE;
  }

  @Override
  public CheckResult run() throws IOException {
    List<ObjectName> left =
        scratch.all(Layout.DOCTOR).stream().map(StoredObject::name).toList();
    if (left.isEmpty()) {
      scratch.store().delete(List.of(areas.absent(scratch.prefix())));
      return areas.permissionFirst()
          ? CheckResult.passed(name(), "allowed")
          : CheckResult.skipped(name(), "there is no object of a doctor to remove");
    }
    scratch.store().delete(left);
    return scratch.all(Layout.DOCTOR).stream().map(StoredObject::name).anyMatch(left::contains)
        ? CheckResult.misbehaves(
            name(),
            "objects are still there after they were removed",
            "look for a lock, a retention rule or a legal hold; nothing could be removed")
        : CheckResult.passed(
            name(), left.size() + " objects that doctors had left behind are removed");
  }
}
