package io.coldstream.cli.command;

import io.coldstream.cli.settings.Effective;
import io.coldstream.cli.settings.Origin;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a run as options of a follow-up command. What was typed and what the environment
 * sets is written out, paths as absolute ones; what the configuration file sets stays there, and the
 * file is named. The repository is always named, with its query. The output mode is left out.
 *
 * @param settings what was set
 */
record SettingOptions(Settings settings) {

  private static final Set<Setting> OUTPUT_MODE =
      Set.of(Setting.JSON, Setting.QUIET, Setting.VERBOSE);

  /** What says where things are; when typed, it therefore also counts for other commands. */
  private static final Set<Setting> PLACES = Set.of(Setting.REPO, Setting.CONFIG, Setting.STATE);

  /**
   * The options of the same command.
   *
   * @param accepted the settings that it takes
   * @return the values by option; none for a flag
   */
  Map<String, List<String>> again(Collection<Setting> accepted) {
    return options(accepted, true);
  }

  /**
   * The options of another command.
   *
   * @param accepted the settings that it takes
   * @return the values by option; none for a flag
   */
  Map<String, List<String>> of(Collection<Setting> accepted) {
    return options(accepted, false);
  }

  private Map<String, List<String>> options(Collection<Setting> accepted, boolean sameCommand) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (Effective effective : settings.origins().effective()) {
      Setting setting = Setting.ofKey(effective.name()).orElse(null);
      if (accepted.contains(setting)
          && !OUTPUT_MODE.contains(setting)
          && isWrittenOut(setting, effective, sameCommand)) {
        values(setting, effective).ifPresent(v -> options.put(setting.option(), v));
      }
    }
    return options;
  }

  private static boolean isWrittenOut(Setting setting, Effective effective, boolean sameCommand) {
    Origin origin = effective.origin();
    if (origin instanceof Origin.Default) {
      // The usual file has no other origin; its path is the value when it was read.
      return setting == Setting.CONFIG && !effective.value().equals(setting.defaultText());
    }
    if (origin instanceof Origin.InFile) {
      return setting == Setting.REPO;
    }
    return sameCommand || PLACES.contains(setting) || !(origin instanceof Origin.InOption);
  }

  /** The values of a setting's option; empty for a flag that is not set. */
  private Optional<List<String>> values(Setting setting, Effective effective) {
    if (setting.isFlag()) {
      return effective.value().equals("true") ? Optional.of(List.of()) : Optional.empty();
    }
    return Optional.of(List.of(
        switch (setting) {
          case REPO -> settings.repository().orElseThrow().text();
          case DB, INDEX, STATE, CONFIG -> path(effective.value());
          default -> effective.value();
        }));
  }

  /** A path that names the same file wherever the command is run. */
  static String path(String text) {
    return Path.of(text).toAbsolutePath().normalize().toString();
  }
}
