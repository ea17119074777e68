package io.coldstream.cli;

/** On Google Cloud Storage with object retention, as our own server plays it. */
class LockOnGcsTest extends LockOnStore {

  @Override
  String newRepository() {
    return Repositories.onLockingGcs();
  }

  @Override
  String newUnlockableRepository() {
    return Repositories.onGcs();
  }
}
