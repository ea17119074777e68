package io.coldstream.cli.compose;

/** The version of this program, as its jar says. */
public final class AgentVersion {

  private AgentVersion() {}

  /** {@return the version; {@code development} when it does not run from a jar} */
  public static String text() {
    String version = AgentVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
