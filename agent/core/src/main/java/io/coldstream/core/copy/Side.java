package io.coldstream.core.copy;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.StoreException;

/** The two places of a copy. A refusal says which of them it comes from and what it needs. */
enum Side {
  SOURCE("the repository that is copied", "read and list it", "restorer"),
  TARGET("the target", "create objects there, list them, and read all but data", "writer");

  private final String name;
  private final String needs;
  private final String role;

  Side(String name, String needs, String role) {
    this.name = name;
    this.needs = needs;
    this.role = role;
  }

  /** Asks a place something. */
  interface Call<T> {
    T make() throws RunException;
  }

  /** What the call gives; a refused permission says which side refused it. */
  <T> T call(Call<T> call) throws RunException {
    try {
      return call.make();
    } catch (RunException e) {
      throw of(e);
    }
  }

  RunException of(StoreException failure) {
    return of(RunException.of(failure));
  }

  private RunException of(RunException e) {
    if (e.kind() != RunException.Kind.NO_ACCESS) {
      return e;
    }
    String said = e.getMessage().replaceFirst("\\.+$", "");
    return new RunException(
        e.kind(),
        name + " refused this identity: " + said + ". A copy must be allowed to " + needs
            + ": coldstream doctor --expect " + role + ", run on it, names what is missing",
        e,
        e.remedies());
  }
}
