package io.coldstream.cli.settings;

import java.util.List;

/**
 * Where the settings come from.
 *
 * @param effective every setting, fit for a screen
 * @param warnings what looks like a mistake and is none for certain
 */
public record SettingsOrigins(List<Effective> effective, List<String> warnings) {

  public SettingsOrigins {
    effective = List.copyOf(effective);
    warnings = List.copyOf(warnings);
  }
}
