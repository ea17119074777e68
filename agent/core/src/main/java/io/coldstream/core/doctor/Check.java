package io.coldstream.core.doctor;

import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One row of {@link Checks}.
 *
 * @param name what it is called, for people
 * @param roles who runs it
 * @param need what must be there before; otherwise the check is skipped
 * @param permission what the identity must be allowed to do, named when the store denies it
 * @param attempt tries it
 */
record Check(String name, Set<Role> roles, Need need, Permission permission, Attempt attempt) {

  /** Tries one thing on the store. */
  @FunctionalInterface
  interface Attempt {
    /**
     * Tries it.
     *
     * @param check the row, which makes the result
     * @return what was found
     * @throws IOException a {@link io.coldstream.store.StoreException} that the attempt does not judge
     *     itself; a denial is a missing permission
     * @throws InterruptedException when the thread was interrupted
     */
    CheckResult make(Check check) throws IOException, InterruptedException;
  }

  /**
   * What must be there before an attempt.
   *
   * @param isMet whether it is there
   * @param otherwise why the check is skipped when it is not
   */
  record Need(BooleanSupplier isMet, String otherwise) {
    static final Need NOTHING = new Need(() -> true, "");
  }

  CheckResult run() throws IOException, InterruptedException {
    return need.isMet().getAsBoolean() ? attempt.make(this) : skipped(need.otherwise());
  }

  CheckResult passed(String what) {
    return CheckResult.passed(name, what);
  }

  CheckResult warning(String what, String advice) {
    return CheckResult.warning(name, what, advice);
  }

  CheckResult skipped(String why) {
    return CheckResult.skipped(name, why);
  }

  CheckResult failed(Kind kind, String what, String advice) {
    return CheckResult.failed(name, kind, what, advice);
  }

  /** The store does something else than it says. */
  CheckResult misbehaves(String what, String advice) {
    return CheckResult.misbehaves(name, what, advice);
  }
}
