package io.coldstream.store.spi;

import io.coldstream.store.Placement;
import io.coldstream.store.StoreException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How to use a store: the settings common to all providers as checked values, and those of one
 * provider by name. Secrets are never settings.
 *
 * @param partSizeBytes how much goes into one request of a large upload; default 16 MiB
 * @param parallel how many files are transferred at once, 1 to 64; default 4
 * @param storageClass the provider's name for the class of {@link Placement#BULK} objects
 * @param attempts how often a call is tried, 1 to 1,000; default 5
 * @param timeout how long the store may keep one call waiting before it counts as unavailable;
 *     default 5 minutes
 * @param caFile certificates (PEM) to trust beside the usual ones
 * @param lock how objects are locked; empty when they are not
 * @param own the provider's own settings
 */
public record StoreSettings(
    long partSizeBytes,
    int parallel,
    Optional<String> storageClass,
    int attempts,
    Duration timeout,
    Optional<Path> caFile,
    Optional<LockSettings> lock,
    Map<String, String> own) {

  /** The names that every provider knows. */
  public static final Set<String> COMMON = Set.of(
      "part-size",
      "parallel",
      "storage-class",
      "attempts",
      "timeout",
      "ca-file",
      "lock",
      "lock-margin",
      "lock-mode");

  private static final long MAX_PART_BYTES = 5L << 30;

  /** Copies the provider's own settings. */
  public StoreSettings {
    own = Map.copyOf(own);
  }

  /**
   * Checks names and values.
   *
   * @param values names and values as configured
   * @param ownNames the names that the provider knows beside {@link #COMMON}
   * @return the settings, with defaults for what is not named
   * @throws StoreException {@link StoreException.Kind#REJECTED} for an unknown name or a wrong value;
   *     the message has the name and the nearest known one, and the value only if that cannot be a
   *     secret
   */
  public static StoreSettings of(Map<String, String> values, Set<String> ownNames)
      throws StoreException {
    Set<String> known = new TreeSet<>(COMMON);
    known.addAll(ownNames);
    for (String name : new TreeSet<>(values.keySet())) {
      if (!known.contains(name)) {
        throw Refusals.setting(
            name, "is not a setting of this store" + NearestName.hint(name, known));
      }
    }
    Map<String, String> own = new TreeMap<>(values);
    own.keySet().removeAll(COMMON);
    return new StoreSettings(
        values.containsKey("part-size") ? size("part-size", values) : 16L << 20,
        count("parallel", values, 4, 64),
        Optional.ofNullable(values.get("storage-class")),
        count("attempts", values, 5, 1000),
        values.containsKey("timeout") ? duration("timeout", values) : Duration.ofMinutes(5),
        path("ca-file", values),
        LockSettings.of(values),
        own);
  }

  /**
   * The mode of locks.
   *
   * @return the configured one, else the default
   */
  public LockSettings.Mode lockMode() {
    return lock.map(LockSettings::mode).orElse(LockSettings.Mode.GOVERNANCE);
  }

  /**
   * One of the provider's own settings.
   *
   * @param name its name
   * @return its value, where configured
   */
  public Optional<String> own(String name) {
    return Optional.ofNullable(own.get(name));
  }

  /**
   * One of the provider's own settings that is true or false.
   *
   * @param name its name
   * @return true only when configured so
   * @throws StoreException {@link StoreException.Kind#REJECTED} for another word
   */
  public boolean flag(String name) throws StoreException {
    String value = own.getOrDefault(name, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw Refusals.setting(name, "must be true or false");
    }
    return value.equals("true");
  }

  private static int count(String name, Map<String, String> values, int otherwise, int most)
      throws StoreException {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[1-9]\\d{0,5}") || Integer.parseInt(value) > most) {
      throw Refusals.setting(name, "must be a number from 1 to " + most + Refusals.not(value));
    }
    return Integer.parseInt(value);
  }

  private static long size(String name, Map<String, String> values) throws StoreException {
    String value = values.get(name);
    OptionalLong bytes = Quantity.bytes(value);
    if (bytes.isEmpty()) {
      throw Refusals.setting(name, "must be a size such as 16MiB" + Refusals.not(value));
    }
    if (bytes.getAsLong() < 1 || bytes.getAsLong() > MAX_PART_BYTES) {
      throw Refusals.setting(name, "must be a size from 1 byte to 5GiB" + Refusals.not(value));
    }
    return bytes.getAsLong();
  }

  private static Duration duration(String name, Map<String, String> values) throws StoreException {
    String value = values.get(name);
    return Quantity.duration(value)
        .orElseThrow(() ->
            Refusals.setting(name, "must be a duration such as 90s or 5m" + Refusals.not(value)));
  }

  private static Optional<Path> path(String name, Map<String, String> values)
      throws StoreException {
    try {
      return Optional.ofNullable(values.get(name)).map(Path::of);
    } catch (InvalidPathException e) {
      throw Refusals.setting(name, "cannot be the path of a file here: " + e.getReason());
    }
  }
}
