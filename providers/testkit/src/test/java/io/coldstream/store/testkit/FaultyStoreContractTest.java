package io.coldstream.store.testkit;

import io.coldstream.store.ObjectStore;

class FaultyStoreContractTest implements ObjectStoreContract, LockContract {

  private final MemoryPlace place = new MemoryPlace();

  @Override
  public ObjectStore open(String prefix) {
    return new FaultyStore(place.open(prefix));
  }

  /** What a process has in memory ends with it. */
  @Override
  public boolean resumes() {
    return false;
  }
}
