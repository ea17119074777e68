package io.coldstream.store.network;

import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The way of one request to a host, and what it means when it does not get there.
 *
 * @param scheme http or https
 * @param host where it goes
 * @param port the port there
 * @param proxy what it goes through; empty when it goes directly
 * @param bucket the bucket that was made part of the host's name, where it was
 */
public record Route(
    String scheme, String host, int port, Optional<ProxyServer> proxy, Optional<String> bucket) {

  /**
   * The same way, of a store that has its bucket in the host's name.
   *
   * @param name the bucket
   * @return with the bucket where the host's name begins with it
   */
  public Route withBucket(String name) {
    return host.startsWith(name + ".")
        ? new Route(scheme, host, port, proxy, Optional.of(name))
        : this;
  }

  /**
   * What a failed connection means.
   *
   * @param failure what the transport failed with
   * @return a {@link HostException} when the way is the trouble, else the failure itself
   */
  public IOException explained(IOException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof HostException known) {
        return known;
      }
      if (t instanceof CertificateException || t instanceof SSLPeerUnverifiedException) {
        return new HostException(Kind.REJECTED, untrusted(t), failure);
      }
      if (t instanceof UnknownHostException) {
        return new HostException(Kind.UNAVAILABLE, unknown(), failure);
      }
      if (proxy.isPresent() && isOfConnecting(t)) {
        return new HostException(Kind.UNAVAILABLE, unreachable(t), failure);
      }
    }
    return failure;
  }

  private static boolean isOfConnecting(Throwable t) {
    return t instanceof ConnectException
        || t instanceof NoRouteToHostException
        // One that a library has of its own for connecting alone.
        || (t instanceof SocketTimeoutException
            && t.getClass().getSimpleName().startsWith("Connect"));
  }

  private String unreachable(Throwable t) {
    String message = String.valueOf(t.getMessage());
    // Java's words, and the number that a library has instead.
    String why = message.contains("refused") || message.contains("(-111)")
        ? "refused the connection"
        : "cannot be reached: " + message;
    return "the proxy " + proxy.get() + " " + why + "; correct " + proxy.get().variable()
        + ", or list the host in NO_PROXY";
  }

  private String unknown() {
    if (proxy.isPresent()) {
      return "the host of the proxy " + proxy.get() + " is not known; correct "
          + proxy.get().variable();
    }
    return "the host \"" + host + "\" is not known; "
        + bucket
            .map(this::inPath)
            .orElse("check the repository's URL, the setting endpoint, and the network");
  }

  private String inPath(String name) {
    return "the bucket \"" + name
        + "\" was made part of the host's name: set path-style=true, or check the setting endpoint";
  }

  private String untrusted(Throwable t) {
    String message = String.valueOf(t.getMessage());
    if (t instanceof SSLPeerUnverifiedException || message.matches("(?s)No (name|subject alt).*")) {
      return "the certificate of the host \"" + host + "\" is for other names; "
          + bucket.map(this::inPath).orElse("check the setting endpoint");
    }
    for (Throwable cause = t; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "the certificate of the host \"" + host
            + "\" has expired; have it renewed, or set this machine's clock";
      }
    }
    return "the certificate of the host \"" + host + "\" is not trusted; name its issuer's"
        + " certificates with the setting ca-file";
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
                  .orElse("check the setting endpoint, or list the host in NO_PROXY"),
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
          address() + " answered with a web page (HTTP " + status + ", text/html) instead of the"
              + " store's answer; check the setting endpoint, and for a proxy or a login page on the"
              + " way",
          null));
    }
    return answer.isRedirect() ? redirected(answer) : Optional.empty();
  }

  private Optional<HostException> redirected(AnswerHead answer) {
    Optional<String> target = answer.location().flatMap(this::origin);
    return target.map(origin -> new HostException(
        Kind.REJECTED,
        address() + " redirects to " + origin + " (HTTP " + answer.status()
            + "); put it into endpoint",
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

  private String address() {
    return host + ":" + port;
  }
}
