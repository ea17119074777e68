package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.CloudStore;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.NetworkContract;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.ForwardProxy;
import io.coldstream.store.testkit.http.OwnAuthority;
import io.coldstream.store.testkit.http.RawServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.profiles.ProfileFile;

/** Proxies, certificates, and answers of somebody on the way. */
class NetworkTest implements NetworkContract {

  private static final String STS = "CONNECT sts.amazonaws.com:443 HTTP/1.1";

  @TempDir
  private Path folder;

  @Override
  public ObjectStore open(
      Map<String, String> environment, URI endpoint, Map<String, String> settings, StoreTools tools)
      throws StoreException {
    S3StoreProvider provider = new S3StoreProvider(environment);
    Map<String, String> all = new HashMap<>(S3Server.settings(endpoint));
    all.putAll(settings);
    return provider.open(
        StoreUrl.parse("s3://bucket/p"), StoreSettings.of(all, provider.settingNames()), tools);
  }

  @Override
  public Answer emptyListing() {
    return Answer.of(200, "", "<ListBucketResult><Name>bucket</Name></ListBucketResult>");
  }

  private Answer answer(String line) {
    return line.startsWith("POST ")
        ? Answer.of(
            200,
            "Content-Type: text/xml\r\n",
            "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>"
                + "<AccessKeyId>AKIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
                + "<SessionToken>t</SessionToken><Expiration>2036-01-01T00:00:00Z</Expiration>"
                + "</Credentials></AssumeRoleWithWebIdentityResult>"
                + "</AssumeRoleWithWebIdentityResponse>")
        : emptyListing();
  }

  /** A store of an identity that the SDK gets from STS, by a client of its own making. */
  private ObjectStore ofRole(Map<String, String> environment, URI endpoint) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "token");
    Path config = Files.writeString(
        folder.resolve("config"),
        "[profile p]\nregion=us-east-1\nrole_arn=arn:aws:iam::123456789012:role/backup\n"
            + "web_identity_token_file=" + token + "\n");
    ProfileFile file = ProfileFile.builder()
        .content(config)
        .type(ProfileFile.Type.CONFIGURATION)
        .build();
    S3Settings settings = S3Settings.of(
        StoreUrl.parse("s3://bucket/p"),
        StoreSettings.of(S3Server.settings(endpoint), S3Settings.NAMES));
    Network network = Network.of(environment, Optional.empty(), "AWS_CA_BUNDLE");
    S3Connection connection = S3Connection.open(
        settings,
        network,
        new CredentialChain(
            network, List.of(CredentialSource.ofProfile(() -> () -> file, "p", true))));
    return new CloudStore(new S3Driver(connection, settings), StoreTools.NONE, Clock.systemUTC());
  }

  @Test
  void stsIsReachedThroughTheProxyAndTrustedByTheSameCertificates() throws Exception {
    try (RawServer server = new RawServer(this::answer, OwnAuthority.get().context());
        ForwardProxy proxy = new ForwardProxy(server.uri());
        ObjectStore store = ofRole(
            Map.of(
                "HTTPS_PROXY",
                "http://" + proxy.address(),
                "NO_PROXY",
                "127.0.0.1",
                "AWS_CA_BUNDLE",
                OwnAuthority.get().certificates().toString()),
            server.uri())) {
      assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
      assertThat(proxy.requests()).containsExactly(STS);
    }
  }

  @Test
  void anUntrustedCertificateOfStsIsToldAsThat() throws Exception {
    try (RawServer server = new RawServer(this::answer, OwnAuthority.get().context());
        ForwardProxy proxy = new ForwardProxy(server.uri());
        ObjectStore store =
            ofRole(Map.of("HTTPS_PROXY", "http://" + proxy.address()), server.uri())) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(failure)
          .hasMessageContainingAll("\"sts.amazonaws.com\" is not trusted", "ca-file");
    }
  }

  @Test
  void aProxysRefusalOfStsIsToldAsTheProxys() throws Exception {
    try (RawServer server = new RawServer(this::answer, OwnAuthority.get().context());
        ForwardProxy proxy = new ForwardProxy(server.uri()).refusing(407);
        ObjectStore store =
            ofRole(Map.of("HTTPS_PROXY", "http://" + proxy.address()), server.uri())) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure)
          .hasMessageContainingAll(
              proxy.address() + " (from HTTPS_PROXY) refused to connect to sts.amazonaws.com:443");
    }
  }

  @Test
  void aHostThatTheBucketWasMadePartOfIsNamedWithPathStyle() throws Exception {
    try (ObjectStore store =
        open(Map.of(), URI.create("https://nowhere.invalid"), Map.of("path-style", "false"))) {
      assertThat(Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START)))
          .hasMessageContainingAll(
              "\"bucket.nowhere.invalid\" is not known", "\"bucket\"", "path-style=true");
    }
  }

  @Test
  void awsCaBundleIsTrusted() throws Exception {
    try (RawServer server = new RawServer(this::answer, OwnAuthority.get().context());
        ObjectStore store = open(
            Map.of("AWS_CA_BUNDLE", OwnAuthority.get().certificates().toString()),
            server.uri(),
            Map.of())) {
      assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
    }
  }

  /** The setting endpoint does not decide that host. */
  @Test
  void whatDecidesTheHostOfStsIsNamed() throws Exception {
    try (RawServer server = new RawServer(this::answer, OwnAuthority.get().context());
        ForwardProxy proxy = new ForwardProxy(server.uri()).refusing(503);
        ObjectStore store =
            ofRole(Map.of("HTTPS_PROXY", "http://" + proxy.address()), server.uri())) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure)
          .hasMessageContaining(
              "HTTP 503); check the region of the credentials (AWS_REGION, region and sso_region in the profile), or list")
          .hasMessageNotContaining("endpoint");
    }
  }
}
