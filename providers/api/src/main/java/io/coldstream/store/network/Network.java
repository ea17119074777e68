package io.coldstream.store.network;

import io.coldstream.store.StoreException;
import io.coldstream.store.spi.NetworkFact;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;

/**
 * How hosts are reached: through which proxies, and whose certificates are trusted. Holds for every
 * connection that an adapter opens, those to token services included. Immutable.
 */
public final class Network {

  /** No proxy, and the authorities of the Java installation. */
  public static final Network DIRECT = new Network(Proxies.NONE, Optional.empty());

  /** Names certificates for every program that uses OpenSSL. */
  private static final String CERTIFICATES = "SSL_CERT_FILE";

  private final Proxies proxies;
  private final Optional<TrustManager[]> trust;

  private Network(Proxies proxies, Optional<TrustManager[]> trust) {
    this.proxies = proxies;
    this.trust = trust;
  }

  /**
   * Reads settings and environment.
   *
   * @param environment names and values
   * @param caFile the setting {@code ca-file}
   * @param variables variables of one cloud that name a file of certificates, beside {@code
   *     SSL_CERT_FILE}
   * @return the network; it trusts what all of these files hold
   * @throws StoreException {@link StoreException.Kind#REJECTED} for a value that cannot be used; the
   *     message names the setting or the variable
   */
  public static Network of(
      Map<String, String> environment, Optional<Path> caFile, String... variables)
      throws StoreException {
    Map<String, Path> files = new LinkedHashMap<>();
    caFile.ifPresent(file -> files.put("setting \"ca-file\"", file));
    for (String variable : List.of(variables)) {
      named(environment, variable, files);
    }
    named(environment, CERTIFICATES, files);
    return new Network(
        Proxies.of(environment),
        files.isEmpty() ? Optional.empty() : Optional.of(CaFile.trustManagers(files)));
  }

  /**
   * What the environment sets.
   *
   * @param environment names and values
   * @param variables variables of one cloud that name a file of certificates, beside {@code
   *     SSL_CERT_FILE}
   * @return the proxies, the hosts without one, and the files of certificates; a value that cannot be
   *     used stands there as the reason
   */
  public static List<NetworkFact> facts(Map<String, String> environment, String... variables) {
    List<NetworkFact> facts = new ArrayList<>(Proxies.facts(environment));
    Stream.concat(Stream.of(variables), Stream.of(CERTIFICATES))
        .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
        .map(variable -> new NetworkFact("certificates", environment.get(variable), variable))
        .forEach(facts::add);
    return facts;
  }

  private static void named(
      Map<String, String> environment, String variable, Map<String, Path> files)
      throws StoreException {
    String value = environment.getOrDefault(variable, "");
    if (!value.isBlank()) {
      try {
        files.put("the variable " + variable, Path.of(value));
      } catch (InvalidPathException e) {
        throw new StoreException(
            StoreException.Kind.REJECTED,
            "the variable " + variable + " cannot be the path of a file here: " + e.getReason(),
            e);
      }
    }
  }

  /**
   * Who is trusted.
   *
   * @return empty when these are the authorities of the Java installation alone
   */
  public Optional<TrustManager[]> trust() {
    return trust.map(TrustManager[]::clone);
  }

  /**
   * What looks like a mistake in the variables, and stops nothing.
   *
   * @return sentences for people, without secrets
   */
  public List<String> warnings() {
    return proxies.warnings();
  }

  /**
   * The way of a request.
   *
   * @param target where it goes
   * @return through a proxy or directly
   */
  public Route to(URI target) {
    return to(target.getScheme(), target.getHost(), port(target));
  }

  /**
   * The way of a request.
   *
   * @param scheme http or https
   * @param host where it goes
   * @param port the port there
   * @return through a proxy or directly
   */
  public Route to(String scheme, String host, int port) {
    return new Route(
        scheme, host, port, proxies.to(scheme, host, port), Optional.empty(), Peer.STORE);
  }

  /**
   * Whether a host tells a machine or container about itself. It is near, or not there at all.
   *
   * @param host its name or address
   * @param port the port there
   * @return true for the metadata services of the clouds
   */
  public boolean isMetadata(String host, int port) {
    return proxies.isMetadata(host, port);
  }

  static int port(URI target) {
    if (target.getPort() >= 0) {
      return target.getPort();
    }
    return "https".equalsIgnoreCase(target.getScheme()) ? 443 : 80;
  }
}
