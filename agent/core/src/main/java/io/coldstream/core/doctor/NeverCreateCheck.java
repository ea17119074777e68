package io.coldstream.core.doctor;

import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.function.Function;

/** Tries to create an object, which this identity must not. */
record NeverCreateCheck(Scratch scratch, Function<Permission, String> permissions)
    implements Check {

  private static final int BYTES = 100;

  @Override
  public String name() {
    return "never create";
  }

  @Override
  public Permission need() {
    return Permission.CREATE;
  }

  @Override
  public CheckResult run() throws IOException {
    ObjectName name = scratch.name("must-not-be");
    try {
      scratch.create(name, Content.of(new byte[BYTES]), Placement.STANDARD);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.ACCESS_DENIED) {
        scratch.forget(name);
        return CheckResult.passed(name(), "denied, as it must be");
      }
      throw e;
    }
    return CheckResult.failed(
        name(),
        Kind.NO_ACCESS,
        "this identity may create objects, which it must not",
        "take from it: " + permissions.apply(Permission.CREATE));
  }
}
