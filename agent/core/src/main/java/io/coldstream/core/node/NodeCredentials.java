package io.coldstream.core.node;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who this program is to a node, and whom it trusts there. From the environment alone.
 *
 * @param login user and password, as the header {@code Authorization}; a secret
 * @param certificateFile the file of the client's certificate
 * @param keyFile the file of the certificate's key
 * @param trust the variables that name certificates of authorities
 */
public record NodeCredentials(
    Optional<String> login,
    Optional<String> certificateFile,
    Optional<String> keyFile,
    Map<String, String> trust) {

  /** The name of a user of the node. */
  public static final String USER = "COLDSTREAM_NODE_USER";

  /** The user's password. */
  public static final String PASSWORD = "COLDSTREAM_NODE_PASSWORD";

  /** A file with the client's certificate, PEM. */
  public static final String CERTIFICATE = "COLDSTREAM_NODE_CERTIFICATE";

  /** A file with the key of the client's certificate, PEM. */
  public static final String KEY = "COLDSTREAM_NODE_KEY";

  /** A file with the certificates of authorities, PEM. */
  public static final String CA = "COLDSTREAM_NODE_CA";

  /** The variables that hold secrets. */
  public static final List<String> SECRETS = List.of(USER, PASSWORD);

  /** The variables that name files. */
  public static final List<String> FILES = List.of(CERTIFICATE, KEY, CA);

  /** Names certificates for every program that uses OpenSSL. */
  private static final String COMMON_CA = "SSL_CERT_FILE";

  /** Nobody, who trusts the authorities of the Java installation. */
  public static final NodeCredentials NONE =
      new NodeCredentials(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  public NodeCredentials {
    trust = Map.copyOf(trust);
  }

  /**
   * Reads the environment.
   *
   * @param environment names and values; an empty value counts as not set
   * @return the credentials; their files are not read yet
   * @throws RunException {@link Kind#USAGE} when one of two that belong together is missing
   */
  public static NodeCredentials of(Map<String, String> environment) throws RunException {
    Optional<String> user = value(environment, USER);
    Optional<String> password = value(environment, PASSWORD);
    Optional<String> certificate = value(environment, CERTIFICATE);
    Optional<String> key = value(environment, KEY);
    requireBoth(USER, user, PASSWORD, password);
    requireBoth(CERTIFICATE, certificate, KEY, key);
    Map<String, String> trust = new HashMap<>();
    for (String name : List.of(CA, COMMON_CA)) {
      value(environment, name).ifPresent(file -> trust.put(name, file));
    }
    return new NodeCredentials(
        user.map(name -> "Basic " + encoded(name + ":" + password.orElseThrow())),
        certificate,
        key,
        trust);
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static String encoded(String login) {
    return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static void requireBoth(
      String one, Optional<String> first, String other, Optional<String> second)
      throws RunException {
    if (first.isPresent() != second.isPresent()) {
      String set = first.isPresent() ? one : other;
      String missing = first.isPresent() ? other : one;
      throw new RunException(
          Kind.USAGE,
          "the variable " + set + " is set and " + missing + " is not; set both or neither");
    }
  }

  /**
   * What looks like a mistake.
   *
   * @param address where the node is
   * @return a sentence; empty when there is nothing
   */
  public Optional<String> warning(NodeAddress address) {
    if (address.isEncrypted()) {
      return Optional.empty();
    }
    if (certificateFile.isPresent()) {
      return Optional.of("the certificate of " + CERTIFICATE + " is not shown to the node "
          + address + ", because that needs https");
    }
    return login.isPresent() && !address.isLoopback()
        ? Optional.of("the password of " + PASSWORD + " is sent to the node " + address
            + " without encryption; use https")
        : Optional.empty();
  }

  /** {@return whether a node is told who this is} */
  public boolean areSet() {
    return login.isPresent() || certificateFile.isPresent();
  }

  /** Hides the login. */
  @Override
  public String toString() {
    return "NodeCredentials" + (login.isPresent() ? " of a user" : "")
        + certificateFile.map(file -> " of the certificate " + file).orElse("");
  }
}
