package io.coldstream.store.testkit;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.decorate.MeteredStore;

class MeteredStoreContractTest implements ObjectStoreContract, LockContract {

  private final MemoryPlace place = new MemoryPlace();

  @Override
  public ObjectStore open(String prefix) {
    return new MeteredStore(place.open(prefix), System::nanoTime);
  }

  /** What a process has in memory ends with it. */
  @Override
  public boolean resumes() {
    return false;
  }
}
