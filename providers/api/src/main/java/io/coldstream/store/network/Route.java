package io.coldstream.store.network;

import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * The way of one request to a host, and what it means when it does not get there.
 *
 * @param scheme http or https
 * @param host where it goes
 * @param port the port there
 * @param proxy what it goes through; empty when it goes directly
 * @param bucket the bucket that was made part of the host's name, where it was
 * @param peer what is there, as messages name it
 */
public record Route(
    String scheme,
    String host,
    int port,
    Optional<ProxyServer> proxy,
    Optional<String> bucket,
    Peer peer) {

  /**
   * The same way, of a store that has its bucket in the host's name.
   *
   * @param name the bucket
   * @return with the bucket where the host's name begins with it
   */
  public Route withBucket(String name) {
    return host.startsWith(name + ".")
        ? new Route(scheme, host, port, proxy, Optional.of(name), peer)
        : this;
  }

  /**
   * The same way, to a service that gives out tokens: the setting endpoint does not decide its host.
   *
   * @param decider what does, as a message names it
   * @return with that as its origin
   */
  public Route decidedBy(String decider) {
    return to(Peer.decidedBy(decider));
  }

  /**
   * The same way, to something else than a store.
   *
   * @param other what is there
   * @return with that in its messages
   */
  public Route to(Peer other) {
    return new Route(scheme, host, port, proxy, bucket, other);
  }

  /**
   * What a failed connection means.
   *
   * @param failure what the transport failed with
   * @return a {@link HostException} when the way is the trouble, else the failure itself
   */
  public IOException explained(IOException failure) {
    Optional<HostException> told = new ConnectionFailure(this, failure).told();
    return told.isPresent() ? told.get() : failure;
  }

  String inPath(String name) {
    return "the bucket \"" + name
        + "\" was made part of the host's name: set path-style=true, or check the setting endpoint";
  }

  /**
   * A proxy's refusal to connect.
   *
   * @param status the HTTP status of its answer
   * @return what to throw
   */
  public HostException refusedByProxy(int status) {
    String who = proxy.map(ProxyServer::toString).orElse("on the way");
    String what =
        "the proxy " + who + " refused to connect to " + address() + " (HTTP " + status + "); ";
    if (status == 407) {
      return new HostException(
          Kind.ACCESS_DENIED,
          what + "put a user and a password that it accepts into "
              + proxy.map(ProxyServer::variable).orElse("HTTPS_PROXY"),
          null);
    }
    if (status >= 500) {
      return new HostException(
          Kind.UNAVAILABLE,
          what
              + bucket
                  .map(this::inPath)
                  .orElse("check " + peer.decider() + ", or list the host in NO_PROXY"),
          null);
    }
    return new HostException(
        Kind.ACCESS_DENIED,
        what + "its rules must allow this host, or NO_PROXY must list it",
        null);
  }

  /**
   * What an answer means that is not the service's own.
   *
   * @param answer the answer's head
   * @return what to throw; empty when it may be the service's
   */
  public Optional<HostException> unfit(AnswerHead answer) {
    int status = answer.status();
    if (status == 407 && proxy.isPresent()) {
      return Optional.of(refusedByProxy(status));
    }
    if (status == 413) {
      String size =
          answer.sentBytes().isPresent() ? " of " + answer.sentBytes().getAsLong() + " bytes" : "";
      return Optional.of(new HostException(
          Kind.REJECTED,
          address() + " does not accept a request body" + size + " (HTTP 413); set part-size below"
              + " the limit there, or raise the limit of the proxy in front of the store",
          null));
    }
    if (answer.isPage()) {
      return Optional.of(new HostException(
          Kind.UNAVAILABLE,
          address() + " answered with a web page (HTTP " + status + ", text/html) instead of the "
              + peer.service() + "'s answer; check " + peer.decider()
              + ", and for a proxy or a login page on the way",
          null));
    }
    if (scheme.equalsIgnoreCase("http") && answer.isOfTlsServer()) {
      return Optional.of(new HostException(
          Kind.REJECTED,
          address()
              + " answered an http request with HTTP 400 and not as a " + peer.service()
              + " does; if it expects TLS, " + peer.orElseCheck("use https:// in"),
          null));
    }
    return answer.isRedirect() ? redirected(answer) : Optional.empty();
  }

  private Optional<HostException> redirected(AnswerHead answer) {
    Optional<String> target = answer.location().flatMap(this::origin);
    return target.map(origin -> new HostException(
        Kind.REJECTED,
        address() + " redirects to " + origin + " (HTTP " + answer.status() + "); "
            + peer.orElseCheck("put it into"),
        null));
  }

  /** Scheme, host and port of another place; what follows may hold a secret. */
  private Optional<String> origin(String location) {
    URI target;
    try {
      target = URI.create(location.strip());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (target.getHost() == null || target.getScheme() == null) {
      return Optional.empty();
    }
    String name = bucket
        .filter(b -> target.getHost().startsWith(b + "."))
        .map(b -> target.getHost().substring(b.length() + 1))
        .orElse(target.getHost());
    String origin =
        target.getScheme() + "://" + name + (target.getPort() < 0 ? "" : ":" + target.getPort());
    boolean same = target.getScheme().equalsIgnoreCase(scheme)
        && target.getHost().equalsIgnoreCase(host)
        && Network.port(target) == port;
    return same ? Optional.empty() : Optional.of(origin);
  }

  /** Host and port. */
  String address() {
    return host + ":" + port;
  }
}
