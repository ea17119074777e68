package io.coldstream.cli.settings;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.LockSettings;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The section {@code store} of the configuration file, and which of its settings are meant for a
 * provider. The repository's URL may be given by hand, and be another provider's than the file's own.
 *
 * <p>A name that one provider knows is that provider's. One that several know, such as {@code
 * endpoint}, belongs to the provider of the file's own {@code repo}; in a file without, to the
 * provider whose own settings stand beside it.
 *
 * @param settings the section, by name
 * @param fileRepo the file's own repository
 * @param known the settings of each provider, by its scheme
 */
record StoreSection(
    Map<String, Located> settings, Optional<Located> fileRepo, Map<String, Set<String>> known) {

  /** Every provider knows it, and each has its own values. */
  private static final String STORAGE_CLASS = "storage-class";

  /**
   * The settings of a store: those of the section that are meant for its provider, and over them
   * those of its URL's query. The file may speak of another provider than a URL given by hand; the
   * query may not.
   *
   * @param url where the store is
   * @param written where that was set
   * @return the settings, by name
   * @throws RunException {@link Kind#USAGE} when one is unknown or has a wrong value
   */
  Map<String, Located> of(StoreUrl url, Origin written) throws RunException {
    Map<String, Located> all = new TreeMap<>(settings);
    all.keySet().retainAll(namesFor(url.scheme()));
    url.settings()
        .forEach((name, value) -> all.put(name, new Located(value, new Origin.InQuery(written))));
    for (Map.Entry<String, Located> setting : all.entrySet()) {
      requireFit(setting.getKey(), all, known.getOrDefault(url.scheme(), Set.of()));
    }
    return all;
  }

  /** Refuses a wrong value by its place. The settings of locks are one: they limit each other. */
  private static void requireFit(String name, Map<String, Located> all, Set<String> own)
      throws RunException {
    Located value = all.get(name);
    Map<String, String> values = new TreeMap<>(Map.of(name, value.text()));
    if (LockSettings.NAMES.contains(name)) {
      LockSettings.NAMES.stream()
          .filter(all::containsKey)
          .forEach(other -> values.put(other, all.get(other).text()));
    }
    try {
      StoreSettings.of(values, own);
    } catch (StoreException e) {
      throw new RunException(Kind.USAGE, e.getMessage() + " " + value);
    }
  }

  /**
   * The settings that are meant for a provider.
   *
   * @param scheme the provider's
   * @return their names
   * @throws RunException {@link Kind#USAGE} when it cannot be told whose a setting is
   */
  Set<String> namesFor(String scheme) throws RunException {
    Set<String> names = new TreeSet<>();
    for (String name : settings.keySet()) {
      boolean shared = StoreSettings.COMMON.contains(name) && !name.equals(STORAGE_CLASS);
      if (shared || (isKnown(name, scheme) && isMeantFor(name, scheme))) {
        names.add(name);
      }
    }
    return names;
  }

  private boolean isMeantFor(String name, String scheme) throws RunException {
    Optional<String> ofFile = fileRepo
        .map(repo -> repo.text().split(":", 2)[0].toLowerCase(Locale.ROOT))
        .filter(other -> isKnown(name, other));
    if (isOnlyOf(name, scheme) || ofFile.isPresent()) {
      return isOnlyOf(name, scheme) || ofFile.get().equals(scheme);
    }
    boolean ours = settings.keySet().stream().anyMatch(other -> isOnlyOf(other, scheme));
    Optional<String> foreign = settings.keySet().stream()
        .filter(other -> !StoreSettings.COMMON.contains(other) && !isKnown(other, scheme))
        .findFirst();
    if (ours && foreign.isPresent()) {
      throw new RunException(
          Kind.USAGE,
          "setting \"" + name + "\" " + settings.get(name) + " may be meant for " + scheme
              + ": or for the provider that has \"" + foreign.get()
              + "\"; add \"repo:\" to the file, or give it in the URL's query");
    }
    return foreign.isEmpty();
  }

  private boolean isOnlyOf(String name, String scheme) {
    return known.keySet().stream().allMatch(other -> isKnown(name, other) == other.equals(scheme));
  }

  /** A directory has no settings of its own, and storage classes mean nothing to it. */
  private boolean isKnown(String name, String scheme) {
    Set<String> own = known.getOrDefault(scheme, Set.of());
    return own.contains(name) || (name.equals(STORAGE_CLASS) && !own.isEmpty());
  }
}
