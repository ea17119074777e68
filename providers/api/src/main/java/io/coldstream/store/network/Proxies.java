package io.coldstream.store.network;

import io.coldstream.store.StoreException;
import io.coldstream.store.spi.NetworkFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies that the environment names, understood as curl does: {@code https_proxy} for https,
 * {@code http_proxy} for http, {@code all_proxy} for what has none, {@code no_proxy} for hosts that
 * are reached directly. Each name may be in upper case; lower case wins; an empty value counts as
 * none. Metadata services are always reached directly.
 */
final class Proxies {

  private static final List<String> FOR_HTTPS =
      List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
  private static final List<String> FOR_HTTP =
      List.of("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY");
  private static final List<String> EXCEPTIONS = List.of("no_proxy", "NO_PROXY");

  /** Where a machine or a container asks about itself; a proxy would answer for its own machine. */
  private static final NoProxy METADATA = new NoProxy(
      "169.254.0.0/16 fe80::/10 fd00:ec2::254 fd00:ec2::23 metadata.google.internal metadata");

  /** What names such a place where it is another one. */
  private static final List<String> METADATA_VARIABLES =
      List.of("GCE_METADATA_HOST", "IDENTITY_ENDPOINT", "IMDS_ENDPOINT", "MSI_ENDPOINT");

  /** No proxy at all. */
  static final Proxies NONE =
      new Proxies(Optional.empty(), Optional.empty(), new NoProxy(""), new NoProxy(""), List.of());

  private final Optional<ProxyServer> forHttps;
  private final Optional<ProxyServer> forHttp;
  private final NoProxy exceptions;
  private final NoProxy named;
  private final List<String> warnings;

  private Proxies(
      Optional<ProxyServer> forHttps,
      Optional<ProxyServer> forHttp,
      NoProxy exceptions,
      NoProxy named,
      List<String> warnings) {
    this.forHttps = forHttps;
    this.forHttp = forHttp;
    this.exceptions = exceptions;
    this.named = named;
    this.warnings = warnings;
  }

  /**
   * Reads the environment.
   *
   * @param environment names and values
   * @throws StoreException {@link StoreException.Kind#REJECTED} for a value that is no proxy's
   *     address; the message names the variable
   */
  static Proxies of(Map<String, String> environment) throws StoreException {
    StringBuilder named = new StringBuilder();
    for (String variable : METADATA_VARIABLES) {
      String host = environment
          .getOrDefault(variable, "")
          .replaceFirst("^[A-Za-z]+://", "")
          .replaceFirst("[/?#].*", "");
      named.append(host).append(' ');
    }
    Optional<ProxyServer> forHttps = proxy(environment, FOR_HTTPS);
    Optional<ProxyServer> forHttp = proxy(environment, FOR_HTTP);
    Optional<String> variable = first(environment, EXCEPTIONS);
    NoProxy exceptions = new NoProxy(variable.map(environment::get).orElse(""));
    List<String> warnings = forHttps.or(() -> forHttp).isEmpty()
        ? List.of()
        : exceptions.ignored().stream()
            .map(entry -> variable.orElseThrow() + ": " + entry + " covers no host and is ignored;"
                + " use a host name, an address, or a range such as 10.0.0.0/8")
            .toList();
    return new Proxies(forHttps, forHttp, exceptions, new NoProxy(named.toString()), warnings);
  }

  /** What looks like a mistake in the variables. */
  List<String> warnings() {
    return warnings;
  }

  /** What the environment sets, for people; a value that cannot be used stands there as the reason. */
  static List<NetworkFact> facts(Map<String, String> environment) {
    List<NetworkFact> facts = new ArrayList<>();
    first(environment, FOR_HTTPS).ifPresent(v -> facts.add(fact("https-proxy", v, environment)));
    first(environment, FOR_HTTP).ifPresent(v -> facts.add(fact("http-proxy", v, environment)));
    first(environment, EXCEPTIONS)
        .ifPresent(v -> facts.add(new NetworkFact("no-proxy", environment.get(v).strip(), v)));
    return facts;
  }

  private static NetworkFact fact(String name, String variable, Map<String, String> environment) {
    try {
      ProxyServer proxy = ProxyServer.of(variable, environment.get(variable));
      return new NetworkFact(name, proxy.url(), variable);
    } catch (StoreException e) {
      return new NetworkFact(name, "(not usable: " + e.getMessage() + ")", variable);
    }
  }

  /**
   * The proxy for a request.
   *
   * @param scheme http or https
   * @param host where it goes
   * @param port the port there
   * @return empty when it goes there directly
   */
  Optional<ProxyServer> to(String scheme, String host, int port) {
    if (isMetadata(host, port) || exceptions.covers(host, port)) {
      return Optional.empty();
    }
    return scheme.equalsIgnoreCase("https") ? forHttps : forHttp;
  }

  /** Whether a host tells a machine about itself. */
  boolean isMetadata(String host, int port) {
    return METADATA.covers(host, port) || named.covers(host, port);
  }

  private static Optional<ProxyServer> proxy(
      Map<String, String> environment, List<String> variables) throws StoreException {
    Optional<String> variable = first(environment, variables);
    return variable.isEmpty()
        ? Optional.empty()
        : Optional.of(ProxyServer.of(variable.get(), environment.get(variable.get())));
  }

  private static Optional<String> first(Map<String, String> environment, List<String> variables) {
    return variables.stream()
        .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
        .findFirst();
  }
}
