package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.CloudStore;
import io.coldstream.store.decorate.Pause;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.OwnAuthority;
import io.coldstream.store.testkit.http.RawServer;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSupplier;

/** Each configured source of credentials that failed is told with its own cause. */
@Timeout(120)
class CredentialChainTest {

  private static final String LISTING =
      "<ListBucketResult><Name>bucket</Name><IsTruncated>false</IsTruncated></ListBucketResult>";

  @TempDir
  private Path folder;

  private static CredentialSource source(String name, boolean configured, RuntimeException e) {
    return new CredentialSource(
        name,
        () -> configured,
        () -> () -> {
          throw e;
        },
        "");
  }

  private static AwsServiceException sts(int status, String code, String message) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder()
            .serviceName("Sts")
            .errorCode(code)
            .errorMessage(message)
            .build())
        .build();
  }

  private static StoreException failure(CredentialSource... sources) throws Exception {
    try (S3Server server = new S3Server(line -> Answer.of(200, "", LISTING));
        ObjectStore store =
            store(server.uri(), new CredentialChain(Network.DIRECT, List.of(sources)))) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(server.requests()).isEmpty();
      return failure;
    }
  }

  private static ObjectStore store(URI server, CredentialChain chain) throws StoreException {
    S3Settings settings = S3Settings.of(
        StoreUrl.parse("s3://bucket/p"),
        StoreSettings.of(
            Map.of("endpoint", server.toString(), "path-style", "true", "region", "eu-west-3"),
            S3Settings.NAMES));
    return new CloudStore(
        new S3Driver(S3Connection.open(settings, Network.DIRECT, chain), settings),
        StoreTools.NONE,
        Clock.systemUTC());
  }

  @Test
  void withoutAConfiguredSourceNoCredentialsWereFound() throws Exception {
    StoreException failure =
        failure(source("web identity", false, SdkClientException.create("not configured")));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining("no credentials were found");
  }

  @Test
  void everyConfiguredSourceIsToldWithItsCause() throws Exception {
    StoreException failure = failure(
        source("environment", false, SdkClientException.create("not configured")),
        source("web identity", true, sts(403, "AccessDenied", "Not authorized")),
        source("profile \"backup\"", true, SdkClientException.create("no such profile")));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure)
        .hasMessageContaining("web identity: AssumeRole was denied: Not authorized")
        .hasMessageContaining("; profile \"backup\": no such profile");
    assertThat(failure.getMessage()).doesNotContain("no credentials were found", "environment");
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, ACCESS_DENIED",
    "400, InvalidIdentityToken, ACCESS_DENIED",
    "400, ExpiredTokenException, ACCESS_DENIED",
    "400, IDPCommunicationError, UNAVAILABLE",
    "429, '', UNAVAILABLE",
    "500, InternalFailure, UNAVAILABLE",
    "503, ServiceUnavailable, UNAVAILABLE",
  })
  void whatPassesIsUnavailable(int status, String code, Kind kind) throws Exception {
    assertThat(failure(source("web identity", true, sts(status, code, "m"))).kind())
        .isEqualTo(kind);
  }

  @Test
  void aTokenServiceThatDoesNotAnswerIsUnavailable() throws Exception {
    StoreException failure = failure(source(
        "web identity", true, SdkClientException.create("m", new IOException("reset by peer"))));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("web identity: ").hasMessageContaining("reset");
  }

  /** The SDK has an exception of its own for unknown hosts, which may not take the place of ours. */
  @Test
  void anUnknownHostOfATokenServiceIsNamedWithWhatDecidesIt() throws Exception {
    IOException unknown = Network.DIRECT
        .to(URI.create("https://sts.example"))
        .decidedBy("the region")
        .explained(new UnknownHostException("sts.example"));
    StoreException failure =
        failure(source("web identity", true, SdkClientException.create("m", unknown)));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining(
            "web identity: the host \"sts.example\" is not known; check the region, and ");
  }

  @Test
  void aMissingTokenFileIsNamed() throws Exception {
    Path file = folder.resolve("token");
    StoreException failure = failure(new CredentialSource(
        "web identity",
        () -> true,
        () -> WebIdentityTokenFileCredentialsProvider.builder()
            .roleArn("arn:aws:iam::123456789012:role/backup")
            .webIdentityTokenFile(file)
            .build(),
        ""));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining("the file " + file + " does not exist");
  }

  private CredentialSource profile(String text, boolean named) throws IOException {
    Path file = folder.resolve("config");
    Files.writeString(file, text);
    ProfileFile profiles =
        ProfileFile.builder().content(file).type(ProfileFile.Type.CONFIGURATION).build();
    return CredentialSource.ofProfile(() -> () -> profiles, "backup", named);
  }

  @Test
  void aFailingProcessIsToldInItsOwnWords() throws Exception {
    Path program = folder.resolve("get-credentials");
    Files.writeString(program, "#!/bin/sh\necho 'the vault is sealed' >&2\nexit 3\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    StoreException failure =
        failure(profile("[profile backup]\ncredential_process = " + program + "\n", false));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure)
        .hasMessageContaining("profile \"backup\", credential_process: ")
        .hasMessageContaining("the vault is sealed");
  }

  @Test
  void anExpiredSignOnIsToldWithItsCommand() throws Exception {
    StoreException failure = failure(profile(
        "[profile backup]\nsso_session = none-of-this-machine\nsso_account_id = 123456789012\n"
            + "sso_role_name = backup\n[sso-session none-of-this-machine]\nsso_region = eu-west-3\n"
            + "sso_start_url = https://none.example/start\n",
        false));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure)
        .hasMessageContaining("single sign-on has expired; run aws sso login --profile backup");
  }

  @Test
  void aMissingProfileIsToldOnlyWhereItWasNamed() throws Exception {
    assertThat(failure(profile("[profile other]\nregion = eu-west-3\n", true)))
        .hasMessageContaining("profile \"backup\": ");
    assertThat(failure(profile("[profile backup]\nregion = eu-west-3\n", false)))
        .hasMessageContaining("no credentials were found");
  }

  @ParameterizedTest
  @CsvSource({"503, UNAVAILABLE", "403, ACCESS_DENIED"})
  void aContainersServiceIsToldWithItsStatus(int status, Kind kind) throws Exception {
    try (RawServer server = new RawServer(line -> Answer.of(status, "", "{}"))) {
      StoreException failure = failure(container(server::uri));
      assertThat(failure).hasMessageContaining("container credentials: HTTP " + status);
      assertThat(failure.kind()).isEqualTo(kind);
    }
  }

  private static CredentialSource container(Supplier<URI> endpoint) {
    // Without it the provider asks nobody. Every other test has keys in system properties.
    System.setProperty("aws.containerCredentialsPath", "/role");
    return new CredentialSource(
        "container credentials",
        () -> true,
        () -> ContainerCredentialsProvider.builder()
            .endpoint(endpoint.get().toString())
            .build(),
        "");
  }

  private static URI unused() throws IOException {
    RawServer gone = new RawServer(line -> null);
    gone.close();
    return gone.uri();
  }

  private static ObjectStore retrying(URI server, Supplier<URI> container, Pause pause)
      throws StoreException {
    return new RetryingStore(
        store(server, new CredentialChain(Network.DIRECT, List.of(container(container)))),
        new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(1)),
        new Random(1),
        pause);
  }

  @Test
  void aContainersServiceThatIsLateIsAskedAgain() throws Exception {
    AtomicReference<URI> container = new AtomicReference<>(unused());
    String keys = "{\"AccessKeyId\":\"AKIA\",\"SecretAccessKey\":\"s\",\"Token\":\"t\","
        + "\"Expiration\":\"2036-01-01T00:00:00Z\"}";
    try (S3Server server = new S3Server(line -> Answer.of(200, "", LISTING));
        RawServer late = new RawServer(line -> Answer.of(200, "", keys));
        ObjectStore store =
            retrying(server.uri(), container::get, wait -> container.set(late.uri()))) {
      assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
      assertThat(late.requests()).hasSize(1);
    }
  }

  @Test
  void aContainersServiceThatStaysAwayEndsAsNotReachable() throws Exception {
    URI gone = unused();
    AtomicInteger waits = new AtomicInteger();
    try (S3Server server = new S3Server(line -> Answer.of(200, "", LISTING));
        ObjectStore store = retrying(server.uri(), () -> gone, wait -> waits.incrementAndGet())) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(waits).hasValue(2);
    }
  }

  @Test
  void anUntrustedContainersServiceIsToldWithWhatAppliesToIt() throws Exception {
    try (RawServer server =
        new RawServer(line -> Answer.of(200, "", "{}"), OwnAuthority.get().context())) {
      StoreException failure = failure(container(server::uri));
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(failure)
          .hasMessageContainingAll(
              "AWS_CONTAINER_CREDENTIALS_FULL_URI is not trusted",
              "ca-file does not apply",
              "keytool -importcert",
              "-Djavax.net.ssl.trustStore=FILE");
    }
  }

  @Test
  void theDoctorNamesTheSource() throws Exception {
    assertThat(profile("[profile backup]\naws_access_key_id = A\n", false).origin())
        .isEqualTo("profile \"backup\"");
    assertThat(profile(
                "[profile backup]\nrole_arn = arn:aws:iam::123456789012:role/path/writer\n", false)
            .origin())
        .isEqualTo("profile \"backup\", role writer");
    assertThat(profile("[profile backup]\nsso_role_name = operator\n", false).origin())
        .isEqualTo("profile \"backup\", role operator");
    assertThat(CredentialSource.all().stream().map(CredentialSource::origin))
        .contains(
            "from AWS_ACCESS_KEY_ID",
            "role of this container",
            "role of this machine, by its metadata service");
  }

  @Test
  void aBusyMetadataServiceIsUnavailableAndAMissingOneIsNotConfigured() throws Exception {
    URI gone;
    try (RawServer server = new RawServer(line -> Answer.of(503, "", ""))) {
      gone = server.uri();
      StoreException failure = failure(machine(server.uri()));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("metadata service: ");
    }
    assertThat(failure(machine(gone))).hasMessageContaining("no credentials were found");
  }

  private static CredentialSource machine(URI endpoint) {
    return new CredentialSource(
        "machine's metadata service",
        () -> false,
        () -> InstanceProfileCredentialsProvider.builder()
            .endpoint(endpoint.toString())
            .build(),
        "");
  }

  private static Supplier<AwsCredentialsProvider> keys(String... ids) {
    Deque<String> left = new ArrayDeque<>(List.of(ids));
    return () -> StaticCredentialsProvider.create(AwsBasicCredentials.create(
        left.size() > 1 ? left.remove() : left.getFirst(), "not-a-secret"));
  }

  private static CredentialChain chain(Supplier<AwsCredentialsProvider> keys) {
    return new CredentialChain(
        Network.DIRECT, List.of(new CredentialSource("environment", () -> true, keys, "")));
  }

  @ParameterizedTest
  @CsvSource({"400, ExpiredToken", "403, InvalidAccessKeyId", "400, InvalidToken"})
  void replacedCredentialsAreReadAgain(int status, String code) throws Exception {
    Deque<Answer> answers =
        new ArrayDeque<>(List.of(S3Server.error(status, code), Answer.of(200, "", LISTING)));
    try (S3Server server = new S3Server(line -> answers.remove());
        ObjectStore store = store(server.uri(), chain(keys("OLD", "NEW")))) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).as("worth another attempt").isEqualTo(Kind.UNAVAILABLE);
      assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
    }
  }

  /** Some copy the time of the file with it, so that nobody notices the change. */
  @Test
  void aProfileIsReadAgainFromItsFile() throws Exception {
    Path file = folder.resolve("credentials");
    FileTime time = FileTime.fromMillis(1_700_000_000_000L);
    writeKeys(file, "OLD", time);
    CredentialChain chain = new CredentialChain(
        Network.DIRECT,
        List.of(CredentialSource.ofProfile(
            () -> ProfileFileSupplier.reloadWhenModified(file, ProfileFile.Type.CREDENTIALS),
            "backup",
            false)));
    assertThat(chain.resolveCredentials().accessKeyId()).isEqualTo("OLD");
    writeKeys(file, "NEW", time);
    assertThat(chain.renewed(new CredentialChain.SignedBy("OLD", ""))).isTrue();
    assertThat(chain.resolveCredentials().accessKeyId()).isEqualTo("NEW");
  }

  private static void writeKeys(Path file, String id, FileTime time) throws IOException {
    Files.writeString(
        file, "[backup]\naws_access_key_id = " + id + "\naws_secret_access_key = not-a-secret\n");
    Files.setLastModifiedTime(file, time);
  }

  @Test
  void theSameCredentialsAreGivenUp() throws Exception {
    try (S3Server server = new S3Server(line -> S3Server.error(400, "ExpiredToken"));
        ObjectStore store = store(server.uri(), chain(keys("OLD")))) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContaining("have expired; renew them");
    }
  }

  /** Of several requests that were refused, only the first finds what must be read again. */
  @Test
  void aRequestThatWasSignedBeforeTheRenewalIsWorthAnotherAttempt() {
    CredentialChain chain = chain(keys("OLD", "NEW"));
    chain.resolveCredentials();
    CredentialChain.SignedBy old = new CredentialChain.SignedBy("OLD", "");
    assertThat(chain.renewed(old)).isTrue();
    assertThat(chain.renewed(old)).isTrue();
    assertThat(chain.renewed(new CredentialChain.SignedBy("NEW", ""))).isFalse();
  }
}
