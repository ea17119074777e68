package io.coldstream.store.testkit;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import java.time.Duration;
import java.util.Random;

class RetryingStoreContractTest implements ObjectStoreContract, LockContract {

  private final MemoryPlace place = new MemoryPlace();

  @Override
  public ObjectStore open(String prefix) {
    RetryPolicy policy =
        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(1));
    return new RetryingStore(place.open(prefix), policy, new Random(1), wait -> {});
  }

  /** What a process has in memory ends with it. */
  @Override
  public boolean resumes() {
    return false;
  }
}
