package io.coldstream.store.testkit;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.decorate.BandwidthLimitedStore;
import io.coldstream.store.decorate.Pause;
import io.coldstream.store.decorate.RateLimit;

class BandwidthLimitedStoreContractTest implements ObjectStoreContract, LockContract {

  private static final long BYTES_PER_SECOND = 32 << 20;

  private final MemoryPlace place = new MemoryPlace();

  @Override
  public ObjectStore open(String prefix) {
    return new BandwidthLimitedStore(place.open(prefix), limit(), limit());
  }

  private static RateLimit limit() {
    return new RateLimit(() -> BYTES_PER_SECOND, System::nanoTime, Pause.SLEEP);
  }

  /** What a process has in memory ends with it. */
  @Override
  public boolean resumes() {
    return false;
  }
}
