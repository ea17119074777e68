package io.coldstream.store.testkit;

import io.coldstream.store.ObjectStore;

class MemoryStoreContractTest implements ObjectStoreContract, LockContract {

  private final MemoryPlace place = new MemoryPlace();

  @Override
  public ObjectStore open(String prefix) {
    return place.open(prefix);
  }

  /** What a process has in memory ends with it. */
  @Override
  public boolean resumes() {
    return false;
  }
}
