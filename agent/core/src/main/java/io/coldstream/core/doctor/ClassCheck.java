package io.coldstream.core.doctor;

import io.coldstream.store.Content;
import io.coldstream.store.Placement;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.Optional;

/** Creates an object of the configured storage class. */
record ClassCheck(Scratch scratch, Optional<String> storageClass) implements Check {

  private static final int BYTES = 1000;

  @Override
  public String name() {
    return "storage class";
  }

  @Override
  public Permission need() {
    return Permission.CREATE;
  }

  @Override
  public CheckResult run() throws IOException {
    if (storageClass.isEmpty()) {
      return CheckResult.skipped(name(), "none is configured: objects get the standard one");
    }
    scratch.create(scratch.name("bulk"), Content.of(new byte[BYTES]), Placement.BULK);
    return CheckResult.passed(name(), storageClass.get() + " is accepted");
  }
}
