package io.coldstream.cli.settings;

import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreProviders;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The settings that the file, the environment and options share, with their help texts. The option is the name with two
 * dashes, the variable is the name in capitals after {@code COLDSTREAM_}. A test compares this list
 * with {@code src/site/markdown/configuration.md}.
 */
public enum Setting {
  REPO("URL", "", "The repository's URL: " + urlForms() + "."),
  DB("DIR", "", "The database directory (the server's --db)."),
  INDEX("DIR", "index in the database directory", "The index directory, if it is elsewhere."),
  NODE(
      "URL",
      "",
      "The node's HTTP address, for example http://127.0.0.1:2113, to be asked for its directories,"
          + " version and state."),
  MAX_LAG("SIZE", "64MiB", "How far the node can be behind its leader; unlimited: do not check."),
  QUIET_NODE(
      "",
      "false",
      "Pause the node's auto-scavenge and its running scavenge while the files are captured."),
  LABEL("TEXT", "", "A label for the backup, shown by list and show."),
  MAX_ELECTION_LOSS(
      "SIZE", "16MiB", "How much of the newest backup's log an election may have discarded."),
  MIN_FREE("SIZE", "1GiB", "Free space that the database's disk must keep during a backup."),
  ARRANGE("direct|truncate", "direct", "The checkpoint mode of a restore; see the restore guide."),
  MAX_DROP("SIZE", "16MiB", "How much of the log --arrange truncate may drop."),
  WITHOUT_INDEX("", "false", "Exclude the index; a restored server rebuilds it, which takes long."),
  KEEP_LAST("N", "", "prune keeps the last N backups; unlimited keeps all."),
  KEEP_HOURLY("N", "", "prune keeps the newest backup of each of the last N hours that have one."),
  KEEP_DAILY("N", "", "prune keeps the newest backup of each of the last N days that have one."),
  KEEP_WEEKLY("N", "", "prune keeps the newest backup of each of the last N weeks that have one."),
  KEEP_MONTHLY(
      "N", "", "prune keeps the newest backup of each of the last N months that have one."),
  KEEP_YEARLY("N", "", "prune keeps the newest backup of each of the last N years that have one."),
  KEEP_WITHIN(
      "DURATION",
      "",
      "prune keeps every backup that is at most so much older than the newest one, and the one"
          + " before, for example 30d or 2y5m7d3h (m is a month)."),
  KEEP_LABEL("TEXT", "", "prune keeps every backup with this label."),
  KEEP_AT_LEAST("N", "1", "prune never keeps fewer backups than N."),
  PRUNE_GRACE(
      "DURATION",
      "7d",
      "How long an object that no backup needs stays: longer than any backup, copy or restore takes."),
  CONFIRM("", "false", "Remove what the plan of prune says. Without it the plan is only printed."),
  STATE(
      "DIR",
      "$STATE_DIRECTORY, else coldstream in the user's state folder",
      "A folder for hints that make the next run faster, and for notes of paused nodes."),
  LIMIT_UPLOAD("RATE", "", "The upload limit per second, for example 20MiB."),
  LIMIT_DOWNLOAD("RATE", "", "The download limit per second, for example 20MiB."),
  FINISH_WITHIN(
      "DURATION", "", "Go no faster than needed to finish within this time, for example 2h."),
  CONFIG("FILE", "/etc/coldstream/coldstream.yaml if it exists", "The configuration file."),
  JSON("", "false", "Print one JSON document instead of text."),
  QUIET("", "false", "Print only warnings, errors and requested results."),
  VERBOSE("", "false", "Print every file when it is done, and the stack trace of a failure.");

  /** Choices that must be made for each run, and are therefore only options. */
  public static final Set<String> OPTIONS_ONLY = Set.of(
      "dry-run",
      "recheck",
      "resend",
      "new-lineage",
      "to",
      "backup",
      "at",
      "position",
      "before-event",
      "owner",
      "takes-over",
      "reuse",
      "discard",
      "structure",
      "sample",
      "data",
      "shard",
      "run",
      "keep",
      "expect",
      "all",
      "server",
      "image",
      "scratch",
      "start-timeout",
      "stop-timeout",
      "https",
      "last",
      "from",
      "count",
      "raw",
      "chunks",
      "times",
      "epochs",
      "reason");

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
