package io.coldstream.core.doctor;

import io.coldstream.store.spi.Permission;
import java.io.IOException;

/** One thing that is tried on the store. */
interface Check {

  /** What it is called, for people. */
  String name();

  /** What the identity must be allowed to do, named when the store denies it. */
  Permission need();

  /**
   * Tries it.
   *
   * @return what was found
   * @throws IOException a {@link io.coldstream.store.StoreException} that the check does not judge
   *     itself; a denial is a missing permission
   * @throws InterruptedException when the thread was interrupted
   */
  CheckResult run() throws IOException, InterruptedException;
}
