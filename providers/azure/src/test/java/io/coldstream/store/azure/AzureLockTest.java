package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.http.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Version-level immutability by its documented requests and answers: no emulator has it. What the
 * service answers in a container without it is documented by its text alone.
 */
@Timeout(120)
class AzureLockTest {

  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final Instant UNTIL = Instant.parse("2030-01-02T03:04:05Z");
  private static final String HTTP_DATE = "Wed, 02 Jan 2030 03:04:05 GMT";
  private static final String POLICY = "x-ms-immutability-policy-until-date: " + HTTP_DATE + "\r\n"
      + "x-ms-immutability-policy-mode: ";
  private static final ObjectSource SMALL = Content.of(new byte[10]);
  private static final ObjectSource LARGE = new RandomSource(1, 2 * Opened.PART_BYTES + 1);
  private static final Answer DENIED = RawAzure.error(403, "AuthorizationPermissionMismatch");

  private static PutRequest locked(ObjectSource source) {
    return new PutRequest(NAME, source, Placement.STANDARD).withLock(UNTIL);
  }

  /** A container in which nothing is yet. */
  private static Function<String, Answer> container() {
    return line -> {
      if (line.startsWith("PUT")) {
        return RawAzure.created("ETag: \"0x1\"\r\n");
      }
      return line.contains("comp=blocklist")
          ? RawAzure.error(404, "BlobNotFound")
          : RawAzure.listing("");
    };
  }

  /** The header fields of the requests whose lines match, in lower case. */
  private static List<String> heads(RawAzure server, String line) {
    return server.heads().stream()
        .filter(head -> head.lines().findFirst().orElse("").matches(".*(" + line + ").*"))
        .map(head -> head.toLowerCase(Locale.ROOT))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"governance, unlocked", "compliance, locked"})
  void aPutCarriesThePolicy(String mode, String azures) throws Exception {
    try (RawAzure server = new RawAzure(container());
        ObjectStore store = server.open("lock", "30d", "lock-mode", mode)) {
      store.put(locked(SMALL));
      assertThat(heads(server, "PUT")).hasSize(1);
      requirePolicy(heads(server, "PUT").get(0), azures);
    }
  }

  @Test
  void theCommitOfBlocksCarriesThePolicy() throws Exception {
    try (RawAzure server = new RawAzure(container());
        ObjectStore store = server.open("lock", "30d")) {
      store.put(locked(LARGE));
      assertThat(heads(server, "PUT.*comp=blocklist")).hasSize(1);
      requirePolicy(heads(server, "PUT.*comp=blocklist").get(0), "unlocked");
      assertThat(heads(server, "PUT.*comp=block&"))
          .hasSize(3)
          .noneMatch(head -> head.contains("immutability"));
    }
  }

  private static void requirePolicy(String head, String mode) {
    assertThat(head)
        .contains(
            "x-ms-immutability-policy-until-date: " + HTTP_DATE.toLowerCase(Locale.ROOT) + "\r\n")
        .contains("x-ms-immutability-policy-mode: " + mode + "\r\n");
  }

  @Test
  void withoutALockNoRequestSpeaksOfOne() throws Exception {
    try (RawAzure server = new RawAzure(container());
        ObjectStore store = server.open("lock", "30d")) {
      store.put(new PutRequest(NAME, SMALL, Placement.STANDARD));
      store.put(new PutRequest(NAME, LARGE, Placement.STANDARD));
      assertThat(heads(server, "PUT")).noneMatch(head -> head.contains("immutability"));
    }
  }

  @Test
  void aLockIsExtendedByOneRequest() throws Exception {
    try (RawAzure server = new RawAzure(line -> Answer.of(200, POLICY + "Locked\r\n", ""));
        ObjectStore store = server.open("lock", "30d", "lock-mode", "compliance")) {
      store.extend(NAME, UNTIL);
      assertThat(server.requests()).hasSize(1);
      requirePolicy(
          heads(server, "PUT /account/container/p.*comp=immutabilityPolicies").get(0), "locked");
    }
  }

  @Test
  void theEndOfALockIsRead() throws Exception {
    String head = "ETag: \"0x1\"\r\nx-ms-blob-type: BlockBlob\r\n";
    try (RawAzure server =
            new RawAzure(line -> Answer.of(200, head + POLICY + "Unlocked\r\n", ""));
        ObjectStore store = server.open()) {
      assertThat(store.lockedUntil(NAME)).contains(UNTIL);
      assertThat(server.count("HEAD /account/container/p")).isEqualTo(1);
    }
    try (RawAzure server = new RawAzure(line -> Answer.of(200, head, ""));
        ObjectStore store = server.open()) {
      assertThat(store.lockedUntil(NAME)).isEmpty();
    }
  }

  @Test
  void aMissingObjectCannotBeLocked() throws Exception {
    try (RawAzure server = new RawAzure(line -> RawAzure.error(404, "BlobNotFound"));
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> store.extend(NAME, UNTIL)).kind()).isEqualTo(Kind.NOT_FOUND);
    }
  }

  @Test
  void aMissingPermissionIsNamed() throws Exception {
    String action = "immutableStorage/runAsSuperUser/action (in a SAS: i)";
    Function<String, Answer> denying =
        line -> line.startsWith("PUT") ? DENIED : container().apply(line);
    try (RawAzure server = new RawAzure(denying);
        ObjectStore store = server.open("lock", "30d")) {
      for (ObjectSource source : List.of(SMALL, LARGE)) {
        StoreException put = Failures.of(() -> store.put(locked(source)));
        assertThat(put.kind()).isEqualTo(Kind.ACCESS_DENIED);
        assertThat(put).hasMessageContaining("setting lock").hasMessageContaining(action);
      }
      StoreException extension = Failures.of(() -> store.extend(NAME, UNTIL));
      assertThat(extension.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(extension).hasMessageContaining(action);
      StoreException unlocked =
          Failures.of(() -> store.put(new PutRequest(NAME, SMALL, Placement.STANDARD)));
      assertThat(unlocked.getMessage()).doesNotContain("setting lock");
    }
  }

  @ParameterizedTest
  @CsvSource({"400, InvalidHeaderValue", "409, FeatureNotEnabled", "400, ''"})
  void aContainerWithoutVersionLevelImmutabilityIsNamed(int status, String code) throws Exception {
    Answer refusal = RawAzure.error(
        status, code, "Version-level immutability is not enabled on the account or container.");
    try (RawAzure server =
            new RawAzure(line -> line.startsWith("PUT") ? refusal : container().apply(line));
        ObjectStore store = server.open("lock", "30d")) {
      for (StoreException failure : List.of(
          Failures.of(() -> store.put(locked(SMALL))),
          Failures.of(() -> store.extend(NAME, UNTIL)))) {
        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure)
            .hasMessageContaining("the setting lock needs version-level immutability");
      }
    }
  }

  @Test
  void whatIsLockedKeepsNothingElseFromBeingRemoved() throws Exception {
    Answer retained = RawAzure.error(409, "BlobImmutableDueToPolicy");
    List<ObjectName> names = List.of(new ObjectName("locked"), new ObjectName("b"));
    try (RawAzure server =
            new RawAzure(line -> line.contains("locked") ? retained : Answer.of(202, "", ""));
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> store.delete(names)).kind()).isEqualTo(Kind.LOCKED);
      assertThat(server.count("DELETE")).isEqualTo(2);
    }
    try (RawAzure server = new RawAzure(line -> line.contains("locked") ? retained : DENIED);
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> store.delete(names)).kind())
          .as("a worse failure is the one that is told")
          .isEqualTo(Kind.ACCESS_DENIED);
    }
  }
}
