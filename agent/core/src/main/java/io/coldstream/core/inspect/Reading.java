package io.coldstream.core.inspect;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.log.ResentReader;
import java.util.function.Consumer;

/**
 * How the objects of a backup are read for a look-up.
 *
 * @param repository where they are
 * @param isResentFirst as {@link ResentReader} takes it
 * @param warnings is told of what was read in another way
 */
public record Reading(Repository repository, boolean isResentFirst, Consumer<String> warnings) {

  /** {@return the same, from what was sent again first} */
  Reading resentFirst() {
    return new Reading(repository, true, warnings);
  }

  ResentReader reader(BackupFiles files) {
    return new ResentReader(repository, files.manifest().sequence(), isResentFirst);
  }
}
