package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException.Kind;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose certificate nobody knows but the file. */
class CaFileTest {

  private static final String PASSWORD = "changeit";

  @TempDir
  private Path folder;

  private HttpsServer server;
  private Map<String, String> settings;

  @BeforeEach
  void startServer() throws Exception {
    System.setProperty("aws.accessKeyId", "coldstream");
    System.setProperty("aws.secretAccessKey", "not-a-secret");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=test",
        "-ext",
        "SAN=ip:127.0.0.1",
        "-validity",
        "2",
        "-keypass",
        PASSWORD);
    keytool(
        "-exportcert",
        "-alias",
        "server",
        "-rfc",
        "-file",
        folder.resolve("ca.pem").toString());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context()));
    server.createContext("/", exchange -> {
      byte[] body = "<ListBucketResult><Name>bucket</Name></ListBucketResult>"
          .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    String endpoint = "https://127.0.0.1:" + server.getAddress().getPort();
    settings = Map.of("endpoint", endpoint, "path-style", "true");
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void certificatesOfTheFileAreTrusted() throws Exception {
    String file = folder.resolve("ca.pem").toString();
    try (ObjectStore store = Opened.store("s3://bucket/p", settings, "ca-file", file)) {
      assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
    }
  }

  @Test
  void anUnknownCertificateIsRejectedWithAdvice() throws Exception {
    try (ObjectStore store = Opened.store("s3://bucket/p", settings)) {
      var failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(failure).hasMessageContaining("ca-file");
    }
  }

  @Test
  void aFileThatIsMissingOrHoldsNoCertificateIsRejected() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    Path text = Files.writeString(folder.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\n?");
    for (Path file : List.of(folder.resolve("missing.pem"), empty, text)) {
      var failure =
          Failures.of(() -> Opened.store("s3://bucket/p", settings, "ca-file", file.toString()));
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(failure).hasMessageContaining("ca-file");
    }
  }

  private SSLContext context() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of(
        "-keystore",
        folder.resolve("keys.p12").toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }
}
