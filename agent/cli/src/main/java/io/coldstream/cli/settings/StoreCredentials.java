package io.coldstream.cli.settings;

import java.util.Map;

/**
 * Credentials that are meant for one store alone, in a process that works with two.
 *
 * @param variables what a store's provider would find in the environment; secrets
 */
public record StoreCredentials(Map<String, String> variables) {

  /** Those of the environment count. */
  static final StoreCredentials OF_ENVIRONMENT = new StoreCredentials(Map.of());

  public StoreCredentials {
    variables = Map.copyOf(variables);
  }

  /** {@return whether there are any; otherwise those of the environment count} */
  public boolean isSet() {
    return !variables.isEmpty();
  }

  /** Hides the values. */
  @Override
  public String toString() {
    return "StoreCredentials" + variables.keySet();
  }
}
