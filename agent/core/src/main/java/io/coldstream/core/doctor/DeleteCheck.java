package io.coldstream.core.doctor;

import io.coldstream.store.ObjectName;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.List;

/** Removes an object, and looks that it is gone. */
record DeleteCheck(Scratch scratch) implements Check {

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
    if (scratch.samples().isEmpty()) {
      return CheckResult.skipped(name(), "there is no object of this run to remove");
    }
    ObjectName name = scratch.samples().get(0).name();
    scratch.store().delete(List.of(name));
    boolean there = scratch.store().stat(name).isPresent()
        || scratch.all(scratch.prefix()).stream().anyMatch(o -> o.name().equals(name));
    return there
        ? CheckResult.misbehaves(
            name(),
            "an object is still there after it was removed",
            "look for a lock, a retention rule or a legal hold; nothing could be removed")
        : CheckResult.passed(name(), "what is removed is gone");
  }
}
