package io.coldstream.cli.settings;

import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreProviders;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What can be set in the configuration file, in the environment and by an option alike. The option is
 * the name with two dashes, the variable the name in capitals behind {@code COLDSTREAM_}. A test
 * compares this list with {@code src/site/markdown/configuration.md}.
 */
public enum Setting {
  /** Where the backups are. */
  REPO("URL", "", "Where the backups are: " + urlForms() + "."),
  /** The database's directory. */
  DB("DIR", "", "The database's directory (the server's --db)."),
  /** The index's directory. */
  INDEX("DIR", "index in the database's directory", "The index's directory, if it lies elsewhere."),
  /** A name for the backup. */
  LABEL("TEXT", "", "A name for the backup, for people."),
  /** How much an election may have taken back. */
  MAX_ELECTION_LOSS(
      "SIZE",
      "16MiB",
      "How much of the newest backup a cluster may have discarded in an election."),
  /** When pins are let go. */
  MIN_FREE("SIZE", "1GiB", "Room that the database's disk must keep while a backup runs."),
  /** How a restore arranges the checkpoints. */
  ARRANGE("direct|truncate", "direct", "How the checkpoints are arranged; see the restore guide."),
  /** How much truncating may drop. */
  MAX_DROP("SIZE", "16MiB", "How much of the log --arrange truncate may drop."),
  /** Whether the index stays out. */
  WITHOUT_INDEX(
      "", "false", "Leave the index out; the server then builds it anew, which takes long."),
  /** Hints between runs. */
  STATE(
      "DIR",
      "$STATE_DIRECTORY, else coldstream in the user's state folder",
      "Where hints for the next run are kept; safe to lose."),
  /** How fast content is sent. */
  LIMIT_UPLOAD("RATE", "", "How much is sent in a second at most, such as 20MiB."),
  /** How fast content is fetched. */
  LIMIT_DOWNLOAD("RATE", "", "How much is fetched in a second at most, such as 20MiB."),
  /** How long it may take. */
  FINISH_WITHIN(
      "DURATION", "", "Go no faster than it takes to be done within this time, such as 2h."),
  /** The file itself. */
  CONFIG("FILE", "/etc/coldstream/coldstream.yaml, if it is there", "The configuration file."),
  /** Results for programs. */
  JSON("", "false", "Print one JSON document instead of text."),
  /** No progress. */
  QUIET("", "false", "Print warnings and errors only, and what was asked for."),
  /** More. */
  VERBOSE("", "false", "Print every file as it is done, and the stack of a failure.");

  /** What is decided anew each time, and therefore only an option. */
  public static final Set<String> OPTIONS_ONLY = Set.of(
      "dry-run",
      "recheck",
      "resend",
      "new-lineage",
      "to",
      "backup",
      "at",
      "position",
      "takes-over",
      "discard",
      "structure",
      "sample",
      "data",
      "keep",
      "expect");

  /** What every variable begins with. */
  static final String VARIABLE_PREFIX = "COLDSTREAM_";

  private final String parameter;
  private final String defaultText;
  private final String description;

  Setting(String parameter, String defaultText, String description) {
    this.parameter = parameter;
    this.defaultText = defaultText;
    this.description = description;
  }

  private static String urlForms() {
    List<String> forms =
        StoreProviders.all().stream().map(StoreProvider::urlForm).toList();
    int last = forms.size() - 1;
    return String.join(", ", forms.subList(0, last)) + " or " + forms.get(last);
  }

  /** {@return its name in the file} */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@return the option, with its dashes} */
  public String option() {
    return "--" + key();
  }

  /** {@return the environment variable} */
  public String variable() {
    return VARIABLE_PREFIX + name();
  }

  /** {@return what stands for its value in a synopsis; empty for a flag} */
  public String parameter() {
    return parameter;
  }

  /** {@return what holds where nothing is set, for people; empty when there is no default} */
  public String defaultText() {
    return defaultText;
  }

  /** {@return a sentence for the help} */
  public String description() {
    return description;
  }

  /** {@return whether it is true or false} */
  public boolean isFlag() {
    return parameter.isEmpty();
  }

  /**
   * Finds a setting.
   *
   * @param key a name as in the file
   * @return the setting of that name
   */
  public static Optional<Setting> ofKey(String key) {
    return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
  }

  /** {@return the names that a file may hold, beside its section {@code store}} */
  public static List<String> fileKeys() {
    return Arrays.stream(values()).filter(s -> s != CONFIG).map(Setting::key).toList();
  }
}
