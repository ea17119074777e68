package io.coldstream.cli.settings;

/**
 * An unchecked value and where it was set.
 *
 * @param text the value; may be a secret written in the wrong place, so it is never printed unchecked
 * @param origin where it was set
 */
public record Located(String text, Origin origin) {

  @Override
  public String toString() {
    return "(" + origin + ")";
  }
}
