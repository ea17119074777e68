package io.coldstream.core.doctor;

import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** Tries to remove an object of this run, or a name that is not there, which this identity must not. */
record NeverDeleteCheck(Scratch scratch, Areas areas, Function<Permission, String> permissions)
    implements Check {

  @Override
  public String name() {
    return "never delete";
  }

  @Override
  public Permission need() {
    return Permission.DELETE;
  }

  @Override
  public CheckResult run() throws IOException {
    boolean ours = scratch.isUsed() && !scratch.samples().isEmpty();
    ObjectName name = ours ? scratch.samples().get(0).name() : areas.absent(scratch.prefix());
    try {
      scratch.store().delete(List.of(name));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.ACCESS_DENIED) {
        return CheckResult.passed(name(), "denied, as it must be");
      }
      throw e;
    }
    if (!ours && !areas.permissionFirst()) {
      return CheckResult.skipped(name(), "there is no object of this run to try it on");
    }
    return CheckResult.failed(
        name(),
        Kind.NO_ACCESS,
        "this identity may remove objects, which it must not",
        "take from it: " + permissions.apply(Permission.DELETE));
  }
}
