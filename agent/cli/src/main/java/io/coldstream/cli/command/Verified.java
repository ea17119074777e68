package io.coldstream.cli.command;

import io.coldstream.cli.output.Console;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.verify.history.Verification;
import io.coldstream.core.verify.history.VerificationHistory;
import io.coldstream.store.StoreException;
import java.util.Optional;

/** Reads the newest result of a verification for commands that only show it. */
final class Verified {

  private Verified() {}

  /** {@return the newest result; empty, with a warning, when it cannot be read} */
  static Optional<Verification> newest(Repository repository, Console console) throws RunException {
    try {
      VerificationHistory.Newest newest = new VerificationHistory(repository).newest();
      newest.notes().forEach(console::warn);
      return newest.verification();
    } catch (StoreException e) {
      return unknown(RunException.of(e), console);
    } catch (RunException e) {
      return unknown(e, console);
    }
  }

  private static Optional<Verification> unknown(RunException e, Console console)
      throws RunException {
    if (e.kind() == Kind.INTERRUPTED) {
      throw e;
    }
    console.warn("when backups were verified is not known: " + e.getMessage());
    return Optional.empty();
  }
}
