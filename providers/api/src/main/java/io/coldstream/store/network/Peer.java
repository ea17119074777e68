package io.coldstream.store.network;

import java.util.Optional;

/**
 * What a message calls the other end of a connection, and what decides where that is.
 *
 * @param service what answers there, for example {@code store}
 * @param decider what decides its host, for example {@code the setting endpoint}
 * @param nameSource what to check when its host's name is not known
 * @param setting the setting that holds its URL; empty when no setting does
 * @param certificates what names the authorities that are trusted there
 */
public record Peer(
    String service,
    String decider,
    String nameSource,
    Optional<String> setting,
    String certificates) {

  private static final String CA_FILE = "the setting ca-file";

  /** The store of a repository. */
  static final Peer STORE = new Peer(
      "store",
      "the setting endpoint",
      "the repository's URL and the setting endpoint, and this machine's network (DNS,"
          + " HTTPS_PROXY)",
      Optional.of("endpoint"),
      CA_FILE);

  /** A service whose host something else than the setting endpoint decides. */
  static Peer decidedBy(String decider) {
    return new Peer(
        STORE.service(),
        decider,
        decider + ", and this machine's network (DNS, HTTPS_PROXY)",
        Optional.empty(),
        CA_FILE);
  }

  /** What to do about the setting, or what to check where there is none. */
  String orElseCheck(String advice) {
    return setting.map(name -> advice + " " + name).orElse("check " + decider);
  }
}
