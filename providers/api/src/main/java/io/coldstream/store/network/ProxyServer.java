package io.coldstream.store.network;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP proxy, as a variable of the environment names it. User and password are secrets.
 *
 * @param host its name or address, without brackets
 * @param port its port; 1080 where the variable names none, as in curl
 * @param user who we are to it, where the variable says so
 * @param password the user's password; may be empty
 * @param variable the variable that names it
 */
public record ProxyServer(
    String host, int port, Optional<String> user, String password, String variable) {

  private static final int DEFAULT_PORT = 1080;
  private static final int MAX_PORT = 65_535;

  private static final Pattern FORM = Pattern.compile(
      "(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?:(?<login>.*)@)?"
          + "(?<host>\\[[0-9A-Fa-f:.]+]|[^\\s:/?#\\[\\]@\"'\\\\]+)(?::(?<port>\\d{1,5}))?(?:[/?#].*)?");

  private static final String EXAMPLE = "; use for example http://proxy.example.com:3128";

  /**
   * Reads a variable.
   *
   * @param variable its name
   * @param value its value; a value without a scheme means http
   * @return the proxy
   * @throws StoreException {@link Kind#REJECTED} when it is something else; the message names the
   *     variable and repeats neither user nor password
   */
  static ProxyServer of(String variable, String value) throws StoreException {
    Matcher form = FORM.matcher(value.strip());
    if (!form.matches()) {
      throw wrong(variable, "is not the address of a proxy");
    }
    String scheme = form.group("scheme");
    if (scheme != null && !scheme.equalsIgnoreCase("http")) {
      throw wrong(
          variable, "names a proxy of the kind " + scheme + "; only http proxies are supported");
    }
    int port = form.group("port") == null ? DEFAULT_PORT : Integer.parseInt(form.group("port"));
    if (port < 1 || port > MAX_PORT) {
      throw wrong(variable, "has the port " + port + ", which is not from 1 to " + MAX_PORT);
    }
    String host = form.group("host").replaceAll("[\\[\\]]", "");
    String login = form.group("login");
    if (login == null || login.isEmpty()) {
      return new ProxyServer(host, port, Optional.empty(), "", variable);
    }
    int colon = login.indexOf(':');
    return new ProxyServer(
        host,
        port,
        Optional.of(decoded(colon < 0 ? login : login.substring(0, colon))),
        colon < 0 ? "" : decoded(login.substring(colon + 1)),
        variable);
  }

  private static StoreException wrong(String variable, String what) {
    return new StoreException(
        Kind.REJECTED, "the variable " + variable + " " + what + EXAMPLE, null);
  }

  /** Resolves percent signs; one that is not followed by two hexadecimal digits stands for itself. */
  private static String decoded(String text) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length; i++) {
      int high = i + 2 < raw.length && raw[i] == '%' ? Character.digit(raw[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
      if (low < 0) {
        bytes.write(raw[i]);
      } else {
        bytes.write(high * 16 + low);
        i += 2;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /**
   * What a request to it carries as {@code Proxy-Authorization}.
   *
   * @return the header's value, a secret; empty without a user
   */
  public Optional<String> authorization() {
    return user.map(name -> "Basic "
        + Base64.getEncoder()
            .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Its address.
   *
   * @return host and port
   */
  String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /**
   * Its URL.
   *
   * @return without user and password
   */
  String url() {
    return "http://" + shown();
  }

  private String shown() {
    return (user.isPresent() ? "***@" : "") + address();
  }

  /** Hides user and password. */
  @Override
  public String toString() {
    return shown() + " (from " + variable + ")";
  }
}
