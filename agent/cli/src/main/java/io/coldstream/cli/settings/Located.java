package io.coldstream.cli.settings;

/**
 * A value as it was written, not yet checked, and where.
 *
 * @param text the value; may be a secret written in the wrong place, so it is never printed unchecked
 * @param origin where it was set
 */
public record Located(String text, Origin origin) {

  /** The origin alone. */
  @Override
  public String toString() {
    return "(" + origin + ")";
  }
}
