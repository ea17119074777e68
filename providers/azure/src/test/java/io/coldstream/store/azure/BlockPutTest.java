package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.PartLimits;
import io.coldstream.store.spi.OncePass;
import io.coldstream.store.testkit.LogLines;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.WatchedSource;
import io.coldstream.store.testkit.http.Answer;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads in blocks, against answers that a test gives. */
@Timeout(120)
class BlockPutTest {

  private static final int PART = Opened.PART_BYTES;
  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final RandomSource SOURCE = new RandomSource(1, 2 * PART + 1);

  private final List<String> resumed = new ArrayList<>();

  @Test
  void everyBlockIsSentOnceAndCommitted() throws Exception {
    try (RawAzure server = new RawAzure(answers(RawAzure.error(404, "BlobNotFound"), committed()));
        ObjectStore store = server.open()) {
      StoredObject stored = put(store, SOURCE);
      assertThat(stored).isEqualTo(new StoredObject(NAME, 2 * PART + 1, "0x1"));
      assertThat(server.count("PUT.*comp=block&")).isEqualTo(3);
      assertThat(server.count("PUT.*comp=blocklist")).isEqualTo(1);
      assertThat(resumed).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void withoutTheRightToReadEveryBlockIsSentAgain(int status) throws Exception {
    Answer denied = RawAzure.error(status, "AuthorizationPermissionMismatch");
    try (RawAzure server = new RawAzure(answers(denied, committed()));
        ObjectStore store = server.open()) {
      put(store, SOURCE);
      assertThat(server.count("PUT.*comp=block&")).isEqualTo(3);
    }
  }

  @Test
  void blocksThatCannotBeListedAreLogged() throws Exception {
    Answer denied = RawAzure.error(403, "AuthorizationPermissionMismatch");
    try (RawAzure server = new RawAzure(answers(denied, committed()));
        ObjectStore store = server.open();
        LogLines log = new LogLines()) {
      put(store, SOURCE);
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .startsWith("DEBUG BlockUpload: staged blocks cannot be listed, none is resumed: ")
          .contains("AuthorizationPermissionMismatch");
    }
  }

  @Test
  void anUnavailableListOfBlocksFailsTheAttempt() throws Exception {
    try (RawAzure server = new RawAzure(answers(RawAzure.error(503, "ServerBusy"), committed()));
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> put(store, SOURCE)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(server.count("PUT")).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Which blocks are listed: a section, of which content, how much longer than it is, and what is
    // sent then.
    "0, 1, 0, 2",
    "1, 1, 0, 2",
    "2, 1, 0, 2",
    "0, 2, 0, 3",
    "0, 1, 1, 3",
    "3, 1, 0, 3",
  })
  void onlyABlockOfThisContentIsUsed(int section, long seed, int longer, int sent)
      throws Exception {
    byte[] content = new RandomSource(seed, SOURCE.lengthBytes()).bytes();
    byte[] block = Arrays.copyOfRange(
        content,
        Math.min(section, 2) * PART,
        Math.min((Math.min(section, 2) + 1) * PART, content.length));
    String id = BlockId.read(section, new ByteArrayInputStream(block)).id().text();
    try (RawAzure server = new RawAzure(answers(blocks(id, block.length + longer), committed()));
        ObjectStore store = server.open()) {
      put(store, SOURCE);
      assertThat(server.count("PUT.*comp=block&")).isEqualTo(sent);
      assertThat(resumed).isEqualTo(sent == 2 ? List.of("1 of 3") : List.of());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"YQ==", "*", "QUJDREVGR0hJSktMTU5PUFFSU1Q="})
  void blocksOfOtherProgramsAreNotUsed(String id) throws Exception {
    try (RawAzure server = new RawAzure(answers(blocks(id, PART), committed()));
        ObjectStore store = server.open()) {
      put(store, SOURCE);
      assertThat(server.count("PUT.*comp=block&")).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // What committing is answered with, whether a blob is listed then, and what the put ends with.
    // A listed one has not our mark.
    "500, InternalError, false, UNAVAILABLE",
    "500, InternalError, true, ALREADY_EXISTS",
    "400, InvalidBlockList, false, UNAVAILABLE",
    "400, InvalidBlockList, true, ALREADY_EXISTS",
    "409, BlobAlreadyExists, true, ALREADY_EXISTS",
    "412, ConditionNotMet, true, ALREADY_EXISTS",
    "403, AuthorizationPermissionMismatch, false, ACCESS_DENIED",
    "404, ContainerNotFound, false, REJECTED",
  })
  void theOutcomeOfAFailedCommitIsSettled(int status, String code, boolean listed, Kind outcome)
      throws Exception {
    boolean[] asked = {false};
    Function<String, Answer> answers = line -> {
      if (line.startsWith("PUT") && line.contains("comp=blocklist")) {
        asked[0] = true;
        return RawAzure.error(status, code);
      }
      if (line.startsWith("GET") && line.contains("restype=container")) {
        boolean there = asked[0] && listed;
        return RawAzure.listing(
            there ? RawAzure.blob("p/chunks/a", SOURCE.lengthBytes(), "0x1") : "");
      }
      return line.startsWith("GET") ? RawAzure.error(404, "BlobNotFound") : RawAzure.created("");
    };
    try (RawAzure server = new RawAzure(answers);
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> put(store, SOURCE)).kind()).isEqualTo(outcome);
      assertThat(server.count("PUT.*comp=blocklist")).as("one attempt").isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0x1", "0, 0x2"})
  void aCommitThatIsListedDifferentlyIsCorrupt(int longer, String etag) throws Exception {
    String listed = RawAzure.blob("p/chunks/a", SOURCE.lengthBytes() + longer, etag);
    boolean[] asked = {false};
    try (RawAzure server = new RawAzure(line -> {
          if (line.startsWith("PUT")) {
            asked[0] |= line.contains("comp=blocklist");
            return RawAzure.created("ETag: \"0x1\"\r\n");
          }
          return line.contains("restype=container")
              ? RawAzure.listing(asked[0] ? listed : "")
              : RawAzure.error(404, "BlobNotFound");
        });
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> put(store, SOURCE)).kind()).isEqualTo(Kind.CORRUPT);
    }
  }

  @Test
  void blocksOfAnotherProgramThatPreventAPutAreExplained() throws Exception {
    try (RawAzure server = new RawAzure(line -> line.startsWith("PUT")
            ? RawAzure.error(400, "InvalidBlobOrBlock")
            : line.contains("restype=container")
                ? RawAzure.listing("")
                : RawAzure.error(404, "BlobNotFound"));
        ObjectStore store = server.open()) {
      StoreException failure = Failures.of(() -> put(store, SOURCE));
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(failure).hasMessageContaining("expires a week after");
    }
  }

  @Test
  void anExistingNameIsFoundBeforeAnythingIsSent() throws Exception {
    try (RawAzure server =
            new RawAzure(line -> RawAzure.listing(RawAzure.blob("p/chunks/a", 1, "0x1")));
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> put(store, SOURCE)).kind()).isEqualTo(Kind.ALREADY_EXISTS);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 65536, 65536",
    "3276800000, 65536, 65536",
    "3276800001, 65536, 1048576",
    "209715200000000, 16777216, 4194304000",
    "209715200000001, 16777216, 0",
  })
  void blocksAreEnlargedUntilFiftyThousandSuffice(long length, long configured, long expected) {
    PartLimits limits = AzureDriver.parts(configured);
    if (expected == 0) {
      assertThat(limits.partBytesOf(length)).isEmpty();
      return;
    }
    assertThat(limits.partBytesOf(length)).hasValue(expected);
    assertThat(OncePass.sections(length, expected)).isLessThanOrEqualTo(50_000);
  }

  /** Fifty thousand and one blocks of 64 KiB: the first one that is sent has a MiB. */
  @Test
  void aLongObjectIsSentInFewerLargerBlocks() throws Exception {
    WatchedSource source = new WatchedSource(new RandomSource(1, 3_276_800_001L));
    try (RawAzure server = new RawAzure(line -> line.startsWith("PUT")
            ? RawAzure.error(503, "ServerBusy")
            : line.contains("restype=container")
                ? RawAzure.listing("")
                : RawAzure.error(404, "BlobNotFound"));
        ObjectStore store = server.open("part-size", "64KiB")) {
      assertThat(Failures.of(() -> store.put(new PutRequest(NAME, source, Placement.BULK)))
              .kind())
          .isEqualTo(Kind.UNAVAILABLE);
      assertThat(source.passedBytes()).containsExactly(1L << 20);
    }
  }

  private static String committed() {
    return "ETag: \"0x1\"\r\n";
  }

  private static Answer blocks(String id, long lengthBytes) {
    return Answer.of(
        200,
        "Content-Type: application/xml\r\n",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><UncommittedBlocks><Block><Name>" + id
            + "</Name><Size>" + lengthBytes
            + "</Size></Block></UncommittedBlocks></BlockList>");
  }

  /** A store that takes everything; what it says of uncommitted blocks, and its last headers. */
  private static Function<String, Answer> answers(Answer blocks, String committed) {
    return line -> {
      if (line.startsWith("PUT")) {
        return RawAzure.created(line.contains("comp=blocklist") ? committed : "");
      }
      return line.contains("restype=container") ? RawAzure.listing("") : blocks;
    };
  }

  private StoredObject put(ObjectStore store, RandomSource source) throws StoreException {
    return store.put(new PutRequest(
        NAME, source, Placement.BULK, (there, of) -> resumed.add(there + " of " + of)));
  }
}
