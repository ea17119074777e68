package io.coldstream.store.cloud;

import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Refusals;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Predicate;

/** Reads the setting {@code endpoint}: another address of a store. */
public final class Endpoint {

  private Endpoint() {}

  /**
   * An address of scheme, host and port.
   *
   * @param text as it is written
   * @param example a good one
   * @return the same, checked
   * @throws StoreException {@link StoreException.Kind#REJECTED} when it is anything else, without
   *     repeating it
   */
  public static URI bare(String text, String example) throws StoreException {
    return of(
        text,
        example,
        path -> path.isEmpty() || path.equals("/"),
        "has a scheme, a host and a port, and nothing else;"
            + " the bucket stands in the repository URL, credentials come from the environment");
  }

  /**
   * An address whose path may say something.
   *
   * @param text as it is written
   * @param example a good one
   * @param path which paths are good
   * @param rule what it may hold, as the rest of the sentence
   * @return the same, checked
   * @throws StoreException {@link StoreException.Kind#REJECTED} when it is anything else, without
   *     repeating it
   */
  public static URI of(String text, String example, Predicate<String> path, String rule)
      throws StoreException {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw Refusals.setting("endpoint", "is not a URL");
    }
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    if ((!http && !"https".equalsIgnoreCase(uri.getScheme())) || uri.getHost() == null) {
      throw Refusals.setting("endpoint", "must be a URL such as " + example);
    }
    if (uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !path.test(uri.getRawPath())) {
      throw Refusals.setting("endpoint", rule);
    }
    return uri;
  }
}
