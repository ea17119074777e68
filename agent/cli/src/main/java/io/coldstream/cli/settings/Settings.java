package io.coldstream.cli.settings;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All settings, checked.
 *
 * @param output how a command talks
 * @param repository where the backups are
 * @param db the database's directory
 * @param index the index's directory, if it lies elsewhere
 * @param label a name for the backup
 * @param maxElectionLossBytes how much of the newest backup an election may have taken back
 * @param minFreeBytes room that the database's disk must keep
 * @param truncate whether a restore arranges by truncating
 * @param maxDropBytes how much of the log that may drop
 * @param withoutIndex whether the index is left out
 * @param state where hints are kept; need not exist
 * @param transfer how fast content is moved
 * @param effective all of it, fit for a screen
 * @param warnings what looks like a mistake and is none for certain
 */
public record Settings(
    OutputSettings output,
    Optional<RepositoryAddress> repository,
    Optional<Path> db,
    Optional<Path> index,
    Optional<String> label,
    long maxElectionLossBytes,
    long minFreeBytes,
    boolean truncate,
    long maxDropBytes,
    boolean withoutIndex,
    Path state,
    TransferSettings transfer,
    List<Effective> effective,
    List<String> warnings) {

  public Settings {
    effective = List.copyOf(effective);
    warnings = List.copyOf(warnings);
  }

  /**
   * The repository, for a command that needs one.
   *
   * @return where it is
   * @throws RunException {@link Kind#USAGE} when it is not set; the message says how
   */
  public RepositoryAddress requiredRepository() throws RunException {
    return repository.orElseThrow(() -> missing(Setting.REPO));
  }

  /**
   * The database, for a command that needs one.
   *
   * @return its directory
   * @throws RunException {@link Kind#USAGE} when it is not set; the message says how
   */
  public Path requiredDb() throws RunException {
    return db.orElseThrow(() -> missing(Setting.DB));
  }

  private static RunException missing(Setting setting) {
    return new RunException(
        Kind.USAGE,
        String.format(
            Locale.ROOT,
            "setting \"%s\" is not set; give %s %s, %s, or \"%s:\" in the configuration file",
            setting.key(),
            setting.option(),
            setting.parameter(),
            setting.variable(),
            setting.key()));
  }
}
