package io.coldstream.core.doctor;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.random.RandomGenerator;

/** Creates two small objects; other checks look at them. */
record CreateCheck(Scratch scratch, RandomGenerator random) implements Check {

  private static final int[] LENGTHS = {4096, 1000};

  @Override
  public String name() {
    return "create";
  }

  @Override
  public Permission need() {
    return Permission.CREATE;
  }

  @Override
  public CheckResult run() throws IOException {
    for (int length : LENGTHS) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      ObjectName name = scratch.name("small", Sha256.of(bytes));
      StoredObject stored = scratch.create(name, Content.of(bytes), Placement.STANDARD);
      scratch.add(new Sample(stored, bytes));
    }
    return CheckResult.passed(name(), "under " + scratch.prefix());
  }
}
