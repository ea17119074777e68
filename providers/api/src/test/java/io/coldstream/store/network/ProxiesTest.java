package io.coldstream.store.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The environment's proxies are understood as curl understands them. */
class ProxiesTest {

  private static final String SECRET = "pa55word";

  /** {@code A=b C=d}: as a shell would take it. */
  private static Map<String, String> environment(String text) {
    Map<String, String> environment = new TreeMap<>();
    for (String assignment : text.strip().split(" +")) {
      int equals = assignment.indexOf('=');
      environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return environment;
  }

  private static Optional<ProxyServer> proxy(Map<String, String> environment, String target)
      throws StoreException {
    return Network.of(environment, Optional.empty()).to(URI.create(target)).proxy();
  }

  private static StoreException refused(String value) {
    return catchThrowableOfType(
        StoreException.class, () -> proxy(Map.of("HTTPS_PROXY", value), "https://a.example"));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY=http://p:1,                         https://a.example, p:1 (from HTTPS_PROXY)",
    "https_proxy=http://p:1,                         https://a.example, p:1 (from https_proxy)",
    "https_proxy=http://low:1 HTTPS_PROXY=http://up:2, https://a.example, low:1 (from https_proxy)",
    "https_proxy= HTTPS_PROXY=http://up:2,           https://a.example, up:2 (from HTTPS_PROXY)",
    "HTTP_PROXY=http://p:1,                          https://a.example, direct",
    "HTTPS_PROXY=http://p:1,                         http://a.example,  direct",
    "HTTP_PROXY=http://p:1,                          http://a.example,  p:1 (from HTTP_PROXY)",
    "http_proxy=http://low:1 HTTP_PROXY=http://up:2, http://a.example,  low:1 (from http_proxy)",
    "ALL_PROXY=http://p:1,                           https://a.example, p:1 (from ALL_PROXY)",
    "all_proxy=http://p:1,                           http://a.example,  p:1 (from all_proxy)",
    "ALL_PROXY=http://all:1 HTTPS_PROXY=http://s:2,  https://a.example, s:2 (from HTTPS_PROXY)",
    "HTTPS_PROXY=proxy.example:3128, https://a.example, proxy.example:3128 (from HTTPS_PROXY)",
    "HTTPS_PROXY=proxy.example,      https://a.example, proxy.example:1080 (from HTTPS_PROXY)",
    "HTTPS_PROXY=HTTP://p:1/path,    https://a.example, p:1 (from HTTPS_PROXY)",
    "HTTPS_PROXY=http://[::1]:3128,  https://a.example, [::1]:3128 (from HTTPS_PROXY)",
    "HTTPS_PROXY=http://u:w@p:1,     https://a.example, ***@p:1 (from HTTPS_PROXY)",
    "PATH=/bin,                      https://a.example, direct",
  })
  void aVariableNamesTheProxyOfAScheme(String variables, String target, String way)
      throws StoreException {
    assertThat(proxy(environment(variables), target).map(ProxyServer::toString).orElse("direct"))
        .isEqualTo(way);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*                      | a.example           | true",
        "a.example              | a.example           | true",
        "a.example              | A.EXAMPLE           | true",
        "A.Example              | a.example           | true",
        "a.example              | b.a.example         | true",
        ".a.example             | b.a.example         | true",
        ".a.example             | a.example           | true",
        "*.a.example            | b.a.example         | true",
        "a.example              | ba.example          | false",
        "a.example              | a.example.org       | false",
        "a.example.             | a.example           | true",
        "a.example              | a.example.          | true",
        "x.example, a.example   | a.example           | true",
        "x.example a.example    | a.example           | true",
        ",, ,a.example          | a.example           | true",
        "a.example:443          | a.example           | true",
        "a.example:8443         | a.example           | false",
        "a.example:8443         | a.example:8443      | true",
        "localhost              | localhost           | true",
        "localhost              | 127.0.0.1           | false",
        "127.0.0.1              | 127.0.0.1           | true",
        "127.0.0.1:443          | 127.0.0.1           | true",
        "127.0.0.1:80           | 127.0.0.1           | false",
        "7.0.0.1                | 127.0.0.1           | false",
        "10.0.0.0/8             | 10.1.2.3            | true",
        "10.0.0.0/8             | 11.1.2.3            | false",
        "192.168.4.0/22         | 192.168.7.255       | true",
        "192.168.4.0/22         | 192.168.8.0         | false",
        "10.0.0.0/8:443         | 10.1.2.3            | true",
        "10.0.0.0/33            | 10.0.0.0            | false",
        "10.0.0.0/8             | 10.example          | false",
        "::1                    | [::1]               | true",
        "[::1]                  | [::1]               | true",
        "[::1]:443              | [::1]               | true",
        "fd00::/8               | [fd12:3456::1]      | true",
        "fd00::/8               | [fc00::1]           | false",
        "''                     | a.example           | false",
      })
  void noProxyListsTheHostsThatAreReachedDirectly(String list, String host, boolean direct)
      throws StoreException {
    Map<String, String> environment = Map.of("https_proxy", "http://p:1", "NO_PROXY", list);
    assertThat(proxy(environment, "https://" + host).isEmpty()).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a.example",
        "a.example/path",
        "*a.example",
        "a.*.example",
        "10.*",
        "192.168.",
        "10.0.0.0/33",
        "10.0.0.0/255.0.0.0",
        "fd00::/129",
        "a.example/8",
        "a.example:0",
        "a.example:70000",
        "<local>",
        ".",
      })
  void anEntryOfNoProxyThatCoversNoHostIsToldWithItsVariable(String entry) throws StoreException {
    assertThat(warnings("no_proxy", "ok.example, " + entry))
        .singleElement()
        .asString()
        .startsWith("no_proxy: \"" + entry + "\" covers no host and is ignored; use ");
  }

  @Test
  void whatCurlTakesInNoProxyIsNoMistake() throws StoreException {
    String all = "*, a.example .b.example,*.c.example,d.example.:8443 10.0.0.1 10.0.0.0/8,::1"
        + " [::1]:8443 [fd00::]/8 fd00::/8 localhost my_host 1.example b\u00fccher.example";
    assertThat(warnings("NO_PROXY", all)).isEmpty();
  }

  @Test
  void anEntryOfNoProxyWithAUserIsNotRepeated() throws StoreException {
    assertThat(warnings("NO_PROXY", "a.example,http://who:" + SECRET + ",x@b.example"))
        .hasSize(2)
        .allSatisfy(warning -> assertThat(warning)
            .matches("NO_PROXY: entry [23] covers no host .*")
            .doesNotContain(SECRET));
  }

  @Test
  void withoutAProxyNoProxyIsNotRead() throws StoreException {
    assertThat(Network.of(Map.of("NO_PROXY", "http://a"), Optional.empty()).warnings())
        .isEmpty();
  }

  private static List<String> warnings(String variable, String list) throws StoreException {
    return Network.of(Map.of("https_proxy", "http://p:1", variable, list), Optional.empty())
        .warnings();
  }

  @Test
  void lowerCaseNoProxyWins() throws StoreException {
    Map<String, String> environment =
        Map.of("https_proxy", "http://p:1", "NO_PROXY", "*", "no_proxy", "other.example");
    assertThat(proxy(environment, "https://a.example")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://169.254.170.2/v2/credentials",
        "http://169.254.170.23/v1/credentials",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://[fd00:ec2::23]/v1/credentials",
        "http://metadata.google.internal/computeMetadata/v1/",
        "http://127.0.0.1:41741/msi/token",
        "http://metadata.test:8080/"
      })
  void metadataServicesAreReachedDirectly(String target) throws StoreException {
    Map<String, String> environment = Map.of(
        "ALL_PROXY", "http://p:1",
        "IDENTITY_ENDPOINT", "http://127.0.0.1:41741/msi/token",
        "GCE_METADATA_HOST", "metadata.test:8080");
    assertThat(proxy(environment, target)).isEmpty();
    assertThat(proxy(environment, "http://127.0.0.1:41742/")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "http://us%40er:p%3Aw%25@p:1,  us@er:p:w%",
    "http://user:a:b@p:1,          user:a:b",
    "http://user@p:1,              user:",
    "user:p@ss@p:1,                user:p@ss",
    "http://user:100%@p:1,         user:100%",
    "http://us+er:p/w@p:1,         us+er:p/w",
    "http://%C3%BC:x@p:1,          ü:x",
  })
  void userInfoIsDecodedAndSentAsBasic(String value, String login) throws StoreException {
    ProxyServer proxy = proxy(Map.of("HTTPS_PROXY", value), "https://a.example").orElseThrow();
    assertThat(proxy.host()).isEqualTo("p");
    assertThat(proxy.user().orElseThrow() + ":" + proxy.password()).isEqualTo(login);
  }

  @ParameterizedTest
  @CsvSource({
    "socks5://user:pa55word@p:1,       only http proxies are supported",
    "https://user:pa55word@p:1,        only http proxies are supported",
    "http://user:pa55word@p:99999,     port 99999",
    "http://user:pa55word@p:0,         port 0",
    "http://user:pa55word@p:x,         not the address of a proxy",
    "http://user:pa55word@,            not the address of a proxy",
    "http://user:pa55word@[::1,        not the address of a proxy",
    "'http://user:pa55word@a b:1',     not the address of a proxy",
  })
  void aValueThatIsNoProxysIsRefusedWithoutRepeatingTheSecret(String value, String why) {
    StoreException failure = refused(value);
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure)
        .hasMessageContainingAll("HTTPS_PROXY", why, "http://proxy.example.com:3128")
        .hasMessageNotContainingAny(SECRET, "user");
  }

  @Test
  void userAndPasswordAreNeverPrinted() throws StoreException {
    ProxyServer proxy = proxy(
            Map.of("HTTPS_PROXY", "http://who:" + SECRET + "@p:1"), "https://a.example")
        .orElseThrow();
    Route way = Network.of(Map.of("HTTPS_PROXY", "http://who:" + SECRET + "@p:1"), Optional.empty())
        .to(URI.create("https://a.example"));
    assertThat(proxy + " " + way + " " + way.refusedByProxy(407).getMessage())
        .doesNotContain(SECRET, "who");
  }
}
