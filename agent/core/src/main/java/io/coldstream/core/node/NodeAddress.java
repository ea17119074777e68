package io.coldstream.core.node;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a node listens for HTTP.
 *
 * @param uri scheme, host and port, nothing else
 */
public record NodeAddress(URI uri) {

  private static final String EXAMPLE = "; use for example http://127.0.0.1:2113";

  /**
   * Reads a URL.
   *
   * @param text as written
   * @return the address
   * @throws IllegalArgumentException when it is not the URL of a node; the message follows what the
   *     text is of, and repeats nothing of it
   */
  public static NodeAddress parse(String text) {
    URI uri = uri(text);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (text.contains("@")) {
      throw new IllegalArgumentException(
          "the URL contains a user; put user and password into the variables "
              + NodeCredentials.USER + " and " + NodeCredentials.PASSWORD);
    }
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("the URL must begin with http:// or https://" + EXAMPLE);
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("the URL has no host" + EXAMPLE);
    }
    boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("the URL must end after host and port" + EXAMPLE);
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return new NodeAddress(URI.create(scheme + "://" + uri.getHost() + port));
  }

  private static URI uri(String text) {
    try {
      return new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the value is not a URL" + EXAMPLE, e);
    }
  }

  /** {@return whether what is sent there is encrypted} */
  public boolean isEncrypted() {
    return uri.getScheme().equals("https");
  }

  /** {@return whether what is sent there stays on this machine, by its name} */
  public boolean isLoopback() {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.matches("\\[(0{0,4}:){2,7}0{0,3}1]");
  }

  /** {@return the URL} */
  @Override
  public String toString() {
    return uri.toString();
  }
}
