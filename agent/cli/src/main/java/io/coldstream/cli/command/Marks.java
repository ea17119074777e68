package io.coldstream.cli.command;

import io.coldstream.cli.output.Console;
import io.coldstream.core.prune.marks.KeepMark;
import io.coldstream.core.prune.marks.StoredMarks;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.util.Map;

/** Reads the marks of backups for commands that only show them. */
final class Marks {

  private Marks() {}

  /** {@return the marks by the numbers of their backups; none, with a warning, when one cannot be read} */
  static Map<Long, KeepMark> of(Repository repository, Console console) throws RunException {
    try {
      return new StoredMarks(repository).kept();
    } catch (RunException e) {
      if (e.kind() == Kind.INTERRUPTED) {
        throw e;
      }
      console.warn("which backups are kept by marks is not known: " + e.getMessage());
      return Map.of();
    }
  }
}
