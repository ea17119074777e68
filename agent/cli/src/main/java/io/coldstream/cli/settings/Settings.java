package io.coldstream.cli.settings;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * All settings, checked.
 *
 * @param output how a command talks
 * @param addresses where the backups are, and where a copy of them goes
 * @param database where the database is
 * @param commands what single commands do
 * @param state where hints are kept; need not exist
 * @param transfer how fast content is moved
 * @param origins where the settings come from
 */
public record Settings(
    OutputSettings output,
    StoreAddresses addresses,
    DatabaseSettings database,
    CommandSettings commands,
    Path state,
    TransferSettings transfer,
    SettingsOrigins origins) {

  /** {@return how a backup is made} */
  public BackupSettings backup() {
    return commands.backup();
  }

  /** {@return how a backup is restored} */
  public RestoreSettings restore() {
    return commands.restore();
  }

  /** {@return what a prune removes} */
  public RetentionSettings retention() {
    return commands.retention();
  }

  /** {@return where the backups are, if that is set} */
  public Optional<RepositoryAddress> repository() {
    return addresses.repository();
  }

  /**
   * The repository, for a command that needs one.
   *
   * @return where it is
   * @throws RunException {@link Kind#USAGE} when it is not set; the message says how
   */
  public RepositoryAddress requiredRepository() throws RunException {
    return repository().orElseThrow(() -> missing(Setting.REPO));
  }

  /** A command needs a setting that is not set. */
  static RunException missing(Setting setting) {
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
