package io.coldstream.cli.command;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words of restic, pgBackRest and Litestream, and what they are called here. */
final class PeerWords {

  private static final Map<String, String> COMMANDS = Map.of(
      "check", "verify",
      "snapshots", "list",
      "info", "list",
      "stats", "list",
      "ls", "show -v",
      "replicate", "backup",
      "forget", "prune",
      "expire", "prune",
      "version", "--version");

  private static final Map<String, String> OPTIONS = Map.of(
      "-r", "--repo",
      "--repository", "--repo",
      "-t", "--to",
      "--target", "--to",
      "-o", "--to",
      "--tag", "--label");

  private static final Set<String> MADE_BY_BACKUP = Set.of("init", "stanza-create");

  private static final Set<String> ABSENT = Set.of("mount");

  private PeerWords() {}

  /**
   * Explains the name of a command.
   *
   * @param word what was typed
   * @return a clause; empty for a word that no peer has
   */
  static Optional<String> ofCommand(String word) {
    if (ABSENT.contains(word)) {
      return Optional.of("there is no \"" + word + "\" in this version");
    }
    return MADE_BY_BACKUP.contains(word)
        ? Optional.of("there is no \"" + word + "\": the first backup creates the repository")
        : Optional.ofNullable(COMMANDS.get(word)).map(ours -> called(word, ours));
  }

  /**
   * Explains the name of an option.
   *
   * @param option what was typed, without a value
   * @return a clause; empty for an option that no peer has
   */
  static Optional<String> ofOption(String option) {
    return Optional.ofNullable(OPTIONS.get(option)).map(ours -> called(option, ours));
  }

  private static String called(String theirs, String ours) {
    return "\"" + theirs + "\" is called " + ours + " here";
  }
}
