package io.coldstream.cli.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a refused repository URL was probably meant to be: a path, a scheme of another tool, or the
 * web address of a bucket. A text that may hold a secret is never repeated.
 */
final class UrlHint {

  /** As keys are written; it has no dot, no dash and no colon. */
  private static final Pattern MAYBE_SECRET = Pattern.compile("[A-Za-z0-9+/=]{40,}");

  private static final Pattern PATH = Pattern.compile("(?:/|\\.\\.?(?:/|$)|~(?:/|$)).*");
  private static final Pattern WINDOWS_PATH = Pattern.compile("[A-Za-z]:\\\\.*");
  private static final Pattern BUCKET =
      Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[A-Za-z0-9._/-]*)?");

  private static final Pattern ALIAS = Pattern.compile(
      "(?i)(?<scheme>s3a|s3n|gcs|azure|s3|gs|az):(?://)?(?<rest>[A-Za-z0-9][A-Za-z0-9._/%-]*)");
  private static final Map<String, String> SCHEMES =
      Map.of("s3a", "s3", "s3n", "s3", "gcs", "gs", "azure", "az");

  private static final Pattern FOLDER = Pattern.compile("(?i)file:(?://)?(?<path>[^:@]+)");

  private static final String AZURE = "(?<account>[a-z0-9]+)\\.(?:blob|dfs)\\.core\\.windows\\.net";
  private static final String AWS =
      "s3(?:[.-](?:dualstack\\.)?(?<value>[a-z0-9-]+))?\\.amazonaws\\.com(?:\\.cn)?";

  /** The addresses of the clouds, and what they are here; the last is any host. */
  private static final List<Address> ADDRESSES = List.of(
      new Address("(?:abfss?|wasbs?)://(?<in>[a-z0-9$-]+)@" + AZURE, "az://${account}/${in}", ""),
      new Address("https?://" + AZURE, "az://${account}", ""),
      new Address("https?://storage\\.(?:googleapis|cloud\\.google)\\.com", "gs:/", ""),
      new Address("https?://(?<in>[a-z0-9._-]+)\\.storage\\.googleapis\\.com", "gs://${in}", ""),
      new Address("https?://" + AWS, "s3:/", "region"),
      new Address("https?://(?<in>[a-z0-9.-]+?)\\." + AWS, "s3://${in}", "region"),
      new Address("(?<value>https?://[A-Za-z0-9.-]+(?::\\d+)?)", "s3:/", "endpoint"));

  private UrlHint() {}

  /**
   * The hint.
   *
   * @param text a refused URL, as written
   * @param home the user's home folder
   * @return what it is and the right URL; empty when that is not known
   */
  static Optional<String> of(String text, Path home) {
    if (MAYBE_SECRET.matcher(text).matches() || text.matches("(?s).*[?#\\s&&[^ ]].*")) {
      return Optional.empty();
    }
    if (WINDOWS_PATH.matcher(text).matches()) {
      return Optional.of("this is a path of Windows, and Coldstream runs on Linux; mount the folder"
          + " there, and use file:///PATH with the path of the mount");
    }
    if (PATH.matcher(text).matches()) {
      return folder(text, home).map(url -> "this is a path; use " + url);
    }
    Matcher named = FOLDER.matcher(text);
    if (named.matches()) {
      return folder(named.group("path").replaceFirst("^/(?=~)", ""), home)
          .map(url -> "a folder is named by its absolute path; use " + url);
    }
    if (BUCKET.matcher(text).matches()) {
      return folder(text, home)
          .map(url -> "the scheme is missing; use s3://" + text + ", gs://" + text
              + (text.contains("/") ? ", az://" + text : "") + ", or for a folder " + url);
    }
    return alias(text).or(() -> address(text));
  }

  private static Optional<String> folder(String path, Path home) {
    String absolute = path.startsWith("~") ? home + path.substring(1) : path;
    try {
      String url = Path.of(absolute).toAbsolutePath().normalize().toUri().toString();
      return Optional.of(url.replaceFirst("(?<=.{8})/$", ""));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> alias(String text) {
    Matcher alias = ALIAS.matcher(text);
    if (!alias.matches()) {
      return Optional.empty();
    }
    String scheme = alias.group("scheme").toLowerCase(Locale.ROOT);
    String own = SCHEMES.getOrDefault(scheme, scheme);
    if (own.equals(scheme) && text.contains("://")) {
      return Optional.empty();
    }
    String why = own.equals(scheme)
        ? "two slashes follow the scheme"
        : "the scheme \"" + scheme + "\" is called " + own + " here";
    return Optional.of(why + "; use " + own + "://" + alias.group("rest"));
  }

  private static Optional<String> address(String text) {
    return ADDRESSES.stream()
        .map(address -> address.hint(text))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * How a cloud addresses a bucket elsewhere.
   *
   * @param pattern the address with its path
   * @param url the beginning of the URL, by the groups of the pattern
   * @param setting what the pattern's group {@code value} sets; empty without that group
   */
  private record Address(Pattern pattern, String url, String setting) {

    Address(String address, String url, String setting) {
      this(Pattern.compile("(?i)" + address + "(?<path>/[^@]*)?"), url, setting);
    }

    Optional<String> hint(String text) {
      Matcher found = pattern.matcher(text);
      if (!found.matches()) {
        return Optional.empty();
      }
      String whole = found.replaceFirst(url + "${path}").replaceFirst("/+$", "");
      if (whole.endsWith(":")) {
        return Optional.of("this is a store's web address, without a bucket");
      }
      String value = setting.isEmpty() ? null : found.group("value");
      return Optional.of("this is a store's web address; use " + whole
          + (value == null ? "" : " and add ?" + setting + "=" + value));
    }
  }
}
