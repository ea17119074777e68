package io.coldstream.cli.settings;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreProviders;
import io.coldstream.store.spi.StoreUrl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is set for the target of a copy, whose URL is an option: the section {@code to-store} of the
 * file, and credentials that are not those of the repository. A variable {@code COLDSTREAM_TO_NAME}
 * means what {@code NAME} means to the target's provider.
 *
 * @param section the section, by name
 * @param credentials names without the prefix, and values; secrets
 * @param home the user's home folder, for advice
 */
public record TargetSettings(
    Map<String, Located> section, StoreCredentials credentials, Path home) {

  private static final String OPTION = "to";
  private static final String PREFIX = Setting.VARIABLE_PREFIX + "TO_";

  public TargetSettings {
    section = Map.copyOf(section);
  }

  static TargetSettings of(
      Map<String, Located> section, Map<String, String> environment, Path home) {
    Map<String, String> values = new TreeMap<>();
    for (String variable : variables()) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        values.put(variable.substring(PREFIX.length()), value);
      }
    }
    return new TargetSettings(section, new StoreCredentials(values), home);
  }

  /** The variables that may hold credentials for a target. */
  static List<String> variables() {
    List<String> names = new ArrayList<>();
    for (StoreProvider provider : StoreProviders.all()) {
      provider.credentialVariables().forEach(name -> names.add(PREFIX + name));
    }
    return names;
  }

  /**
   * Where a target is and how its store is used.
   *
   * @param url the URL that was given as the option {@code --to}
   * @return the address
   * @throws RunException {@link Kind#USAGE} when it is no such URL, or a setting is wrong
   */
  public RepositoryAddress address(String url) throws RunException {
    Located written = new Located(url, new Origin.InOption("--" + OPTION));
    StoreUrl checked = Values.url(OPTION, written, home);
    Map<String, Located> settings = new StoreSection(
            section, Optional.empty(), StoreProviders.settingNames())
        .of(checked, written.origin());
    return RepositoryAddress.of(OPTION, written, checked, settings).as(credentialsFor(checked));
  }

  private StoreCredentials credentialsFor(StoreUrl url) throws RunException {
    try {
      Map<String, String> own = new TreeMap<>(credentials.variables());
      own.keySet().retainAll(StoreProviders.forUrl(url).credentialVariables());
      return new StoreCredentials(own);
    } catch (StoreException e) {
      throw new RunException(Kind.USAGE, e.getMessage());
    }
  }
}
