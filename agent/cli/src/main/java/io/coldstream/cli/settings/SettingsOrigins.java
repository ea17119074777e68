package io.coldstream.cli.settings;

import io.coldstream.core.node.NodeCredentials;
import io.coldstream.store.spi.NearestName;
import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreProviders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where the settings come from.
 *
 * @param effective every setting, fit for a screen
 * @param warnings what looks like a mistake and is none for certain
 */
public record SettingsOrigins(List<Effective> effective, List<String> warnings) {

  /** The launcher's own, and the log's. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of("COLDSTREAM_JAVA_OPTS", LogLevel.VARIABLE);

  private static final String NODE_VARIABLES = Setting.NODE.variable() + "_";

  public SettingsOrigins {
    effective = List.copyOf(effective);
    warnings = List.copyOf(warnings);
  }

  /**
   * Describes settings.
   *
   * @param written what was set somewhere
   * @param repository where the backups are
   * @param state the folder for hints, with its default
   * @param stores settings of the stores, by the names that the file has for them
   * @param environment names and values; an empty value counts as not set
   */
  static SettingsOrigins of(
      Map<Setting, Located> written,
      Optional<RepositoryAddress> repository,
      Located state,
      Map<String, Located> stores,
      Map<String, String> environment) {
    List<Effective> all = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      Located usual = setting == Setting.STATE
          ? state
          : new Located(setting.defaultText(), new Origin.Default());
      Located value = written.getOrDefault(setting, usual);
      String shown = setting == Setting.REPO
          ? repository.map(RepositoryAddress::toString).orElse("")
          : value.text();
      all.add(new Effective(setting.key(), shown, value.origin()));
    }
    stores.forEach((name, v) -> all.add(new Effective(name, v.text(), v.origin())));
    all.addAll(network(repository, environment));
    NodeCredentials.FILES.stream()
        .filter(name -> isSet(environment, name))
        .forEach(name -> all.add(new Effective(
            "node." + name.substring(NODE_VARIABLES.length()).toLowerCase(Locale.ROOT),
            environment.get(name),
            new Origin.InEnvironment(name))));
    // Shown so that a person sees which identity the store will take them for.
    Stream.concat(
            StoreProviders.all().stream()
                .flatMap(provider -> provider.credentialVariables().stream()),
            Stream.concat(TargetSettings.variables().stream(), NodeCredentials.SECRETS.stream()))
        .filter(name -> isSet(environment, name))
        .forEach(name ->
            all.add(new Effective(name, "(set, not shown)", new Origin.InEnvironment(name))));
    return new SettingsOrigins(all, strangers(environment));
  }

  /** Proxies and certificates of the repository's store; without a repository, of every store. */
  private static List<Effective> network(
      Optional<RepositoryAddress> repository, Map<String, String> environment) {
    Optional<String> scheme = repository.map(address -> address.url().scheme());
    return StoreProviders.all().stream()
        .filter(provider -> scheme.map(provider.scheme()::equals).orElse(true))
        .map((StoreProvider provider) -> provider.networkFacts(environment))
        .flatMap(List::stream)
        .distinct()
        .map(fact -> new Effective(
            "network." + fact.name(), fact.value(), new Origin.InEnvironment(fact.variable())))
        .toList();
  }

  /** Variables that look like ours and are not: a container platform may inject such. */
  private static List<String> strangers(Map<String, String> environment) {
    Set<String> known = new TreeSet<>(OTHER_VARIABLES);
    Arrays.stream(Setting.values()).map(Setting::variable).forEach(known::add);
    known.addAll(TargetSettings.variables());
    known.addAll(NodeCredentials.SECRETS);
    known.addAll(NodeCredentials.FILES);
    return environment.keySet().stream()
        .filter(name -> name.startsWith(Setting.VARIABLE_PREFIX) && !known.contains(name))
        .filter(name -> isSet(environment, name))
        .sorted()
        .map(name -> "environment variable " + name + " is unknown" + NearestName.hint(name, known))
        .toList();
  }

  private static boolean isSet(Map<String, String> environment, String variable) {
    return !environment.getOrDefault(variable, "").isBlank();
  }
}
