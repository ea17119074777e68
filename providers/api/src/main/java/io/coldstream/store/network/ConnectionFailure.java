package io.coldstream.store.network;

import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What it means that a request found no connection to its host. */
final class ConnectionFailure {

  private final Route way;
  private final List<Throwable> causes;

  ConnectionFailure(Route way, IOException failure) {
    this.way = way;
    this.causes = Stream.iterate((Throwable) failure, t -> t != null, Throwable::getCause)
        .limit(20)
        .toList();
  }

  /** The failure to be told; empty when there was a connection. */
  Optional<HostException> told() {
    Optional<HostException> known =
        first(HostException.class::isInstance).map(HostException.class::cast);
    return known
        .or(() ->
            first(ConnectionFailure::isOfCertificate).map(t -> told(Kind.REJECTED, untrusted(t))))
        .or(() -> first(UnknownHostException.class::isInstance)
            .map(t -> told(Kind.UNAVAILABLE, unknown())))
        .or(() -> first(ConnectionFailure::isOfConnecting)
            .map(t -> told(Kind.UNAVAILABLE, way.proxy().isPresent() ? ofProxy(t) : ofHost(t))))
        .or(() ->
            first(ConnectionFailure::isOfTls).map(t -> told(Kind.UNAVAILABLE, ofHandshake(t))));
  }

  private Optional<Throwable> first(Predicate<Throwable> wanted) {
    return causes.stream().filter(wanted).findFirst();
  }

  private HostException told(Kind kind, String message) {
    return new HostException(kind, message, (IOException) causes.get(0));
  }

  private static boolean isOfCertificate(Throwable t) {
    return t instanceof CertificateException || t instanceof SSLPeerUnverifiedException;
  }

  private static boolean isOfConnecting(Throwable t) {
    return t instanceof ConnectException
        || t instanceof NoRouteToHostException
        // One that a library has of its own for connecting alone.
        || (t instanceof SocketTimeoutException
            && t.getClass().getSimpleName().startsWith("Connect"));
  }

  /** A handshake that failed, or broke; a connection that breaks later is none. */
  private static boolean isOfTls(Throwable t) {
    return t instanceof SSLHandshakeException
        || (t instanceof SSLException && isPlain(t))
        || (t instanceof SocketException
            && Stream.of(t.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("startHandshake")));
  }

  /** Whether the other side answered without TLS, by the words of Java's clients and of Netty. */
  private static boolean isPlain(Throwable t) {
    String message = String.valueOf(t.getMessage());
    return message.contains("Unsupported or unrecognized SSL message")
        || message.contains("Unrecognized SSL message")
        || message.contains("not an SSL/TLS record");
  }

  private String ofHost(Throwable t) {
    String where = way.address();
    if (isRefusal(t)) {
      return where + " refuses the connection; check " + way.peer().decider()
          + " and its port, and that the server runs";
    }
    return isTimeout(t)
        ? where + " does not answer: the connection was not made in time; check "
            + way.peer().decider() + " and its port, and firewalls on the way"
        : where + " cannot be reached: " + why(t) + "; check " + way.peer().decider()
            + ", and this machine's network";
  }

  private String ofProxy(Throwable t) {
    String variable = way.proxy().orElseThrow().variable();
    return "the proxy " + way.proxy().orElseThrow() + " "
        + (isRefusal(t) ? "refused the connection" : "cannot be reached: " + why(t)) + "; correct "
        + variable + ", or list the host in NO_PROXY";
  }

  private String ofHandshake(Throwable t) {
    if (isPlain(t)) {
      return way.address() + " speaks no TLS; " + way.peer().orElseCheck("use http:// in");
    }
    String why = t instanceof SSLHandshakeException ? ": " + t.getMessage() : "";
    return "the TLS handshake with " + way.address() + " broke off" + why + "; check "
        + way.peer().decider() + " and its port, and for a proxy or firewall on the way";
  }

  private static boolean isRefusal(Throwable t) {
    String message = String.valueOf(t.getMessage());
    // Java's words, and the number that a library has instead.
    return message.contains("refused") || message.contains("(-111)");
  }

  private static boolean isTimeout(Throwable t) {
    String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
    return t instanceof SocketTimeoutException || message.contains("timed out");
  }

  private static String why(Throwable t) {
    return t instanceof NoRouteToHostException
        ? "no route to host"
        : isTimeout(t) ? "the connection was not made in time" : String.valueOf(t.getMessage());
  }

  private String unknown() {
    if (way.proxy().isPresent()) {
      return "the host of the proxy " + way.proxy().get() + " is not known; correct "
          + way.proxy().get().variable();
    }
    return "the host \"" + way.host() + "\" is not known; "
        + way.bucket().map(way::inPath).orElse("check " + way.peer().nameSource());
  }

  private String untrusted(Throwable t) {
    String message = String.valueOf(t.getMessage());
    String host = "the certificate of the host \"" + way.host() + "\"";
    if (t instanceof SSLPeerUnverifiedException || message.matches("(?s)No (name|subject alt).*")) {
      return host + " is for other names; "
          + way.bucket().map(way::inPath).orElse("check " + way.peer().decider());
    }
    for (Throwable cause = t; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return host + " has expired; have it renewed, or set this machine's clock";
      }
    }
    return host + " is not trusted; name its issuer's certificates with "
        + way.peer().certificates();
  }
}
