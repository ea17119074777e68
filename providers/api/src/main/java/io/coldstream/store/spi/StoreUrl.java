package io.coldstream.store.spi;

import io.coldstream.store.StoreException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a store is, as a user writes it: {@code s3://bucket/prefix}, {@code
 * az://account/container/prefix}, {@code gs://bucket/prefix}, {@code file:///path}, with settings in
 * the query. Its text form has no query; a URL with user info, or with a query that carries a
 * credential, is refused, and no message ever repeats a value.
 *
 * @param scheme the provider's scheme, lower case
 * @param authority the part between the slashes: a bucket or account; empty for {@code file}
 * @param path the decoded path, without leading or trailing slash (with the leading one for {@code
 *     file})
 * @param settings the query's names and decoded values; never printed
 */
public record StoreUrl(String scheme, String authority, String path, Map<String, String> settings) {

  /** Replaces bytes that are not text in a decoded text. */
  private static final char UNREADABLE = '\uFFFD';

  private static final Set<String> CREDENTIALS = Set.of(
      "sig",
      "signature",
      "accountkey",
      "sharedaccesssignature",
      "sv",
      "se",
      "sp",
      "skoid",
      "awsaccesskeyid",
      "access-key",
      "secret-key",
      "secret",
      "password",
      "token",
      "access_token",
      "googleaccessid",
      "upload_id",
      "connection-string");

  /** Copies the settings. */
  public StoreUrl {
    settings = Map.copyOf(settings);
  }

  /**
   * Reads a URL.
   *
   * @param text as written by the user
   * @return the parts
   * @throws StoreException {@link StoreException.Kind#REJECTED} when it is no such URL, or carries a
   *     credential
   */
  public static StoreUrl parse(String text) throws StoreException {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // The cause is left out on purpose: its message repeats the URL.
      throw rejected("this is not a URL: " + e.getReason().toLowerCase(Locale.ROOT));
    }
    if (uri.getScheme() == null || uri.isOpaque()) {
      throw rejected("a repository URL begins with a scheme, such as s3://bucket/prefix");
    }
    if (uri.getRawUserInfo() != null
        || (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0)) {
      throw rejected(
          "a URL with a user or password is refused; credentials come from the environment");
    }
    if (uri.getRawFragment() != null) {
      throw rejected("a URL with a fragment (#...) is refused");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    return new StoreUrl(scheme, authority, readable(path(scheme, uri)), query(uri.getRawQuery()));
  }

  /**
   * The folder that a {@code file:} URL names.
   *
   * @return its path, as written; empty for every other scheme
   * @throws StoreException {@link StoreException.Kind#REJECTED} when this process cannot name it
   */
  public Optional<Path> folder() throws StoreException {
    if (!scheme.equals("file")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(path));
    } catch (InvalidPathException e) {
      throw rejected("its path cannot be a file name in this process (" + e.getReason()
          + "); run it in a UTF-8 locale");
    }
  }

  /** The URL without its query, fit for a log, a manifest or a screen. */
  @Override
  public String toString() {
    if (scheme.equals("file")) {
      return "file://" + path;
    }
    return scheme + "://" + authority + (path.isEmpty() ? "" : "/" + path);
  }

  private static String path(String scheme, URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    int from = scheme.equals("file") ? 0 : leadingSlashes(path);
    int to = path.length();
    while (to > from + (from == 0 ? 1 : 0) && path.charAt(to - 1) == '/') {
      to--;
    }
    return path.substring(from, to);
  }

  private static int leadingSlashes(String path) {
    int count = 0;
    while (count < path.length() && path.charAt(count) == '/') {
      count++;
    }
    return count;
  }

  private static Map<String, String> query(String raw) throws StoreException {
    Map<String, String> found = new TreeMap<>();
    if (raw == null || raw.isEmpty()) {
      return found;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String lower = name.toLowerCase(Locale.ROOT);
      if (CREDENTIALS.contains(lower)
          || lower.startsWith("x-amz-")
          || lower.startsWith("x-goog-")) {
        throw rejected(
            "a URL with a credential in its query is refused; credentials come from the environment");
      }
      if (equals < 1 || found.put(name, decoded(pair.substring(equals + 1))) != null) {
        throw rejected("the query needs each setting once, as name=value");
      }
    }
    return found;
  }

  private static String decoded(String raw) throws StoreException {
    try {
      // A plus means itself: a path in a setting may have one.
      return readable(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw rejected("the query holds a broken percent sign");
    }
  }

  /**
   * Refuses text that was altered while it was decoded: another name than the intended one would be
   * used.
   */
  private static String readable(String decoded) throws StoreException {
    if (decoded.indexOf(UNREADABLE) >= 0) {
      throw rejected("it holds bytes that are not UTF-8, such as %F6; write them in UTF-8, such as"
          + " %C3%B6");
    }
    return decoded;
  }

  private static StoreException rejected(String why) {
    return new StoreException(StoreException.Kind.REJECTED, "repository URL: " + why, null);
  }
}
