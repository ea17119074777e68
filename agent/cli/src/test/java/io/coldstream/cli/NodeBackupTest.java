package io.coldstream.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.server.EmulatedMember;
import io.coldstream.eventstore.testing.server.NodeEmulator;
import io.coldstream.eventstore.testing.server.RecordedAnswer;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.OwnAuthority;
import io.coldstream.store.testkit.http.RawServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code backup --node}: the node is asked for its directories, version and state. */
class NodeBackupTest {

  private static final long MIB = 1 << 20;

  @TempDir
  private Path home;

  private Shell shell;
  private Path database;
  private long writer;

  @BeforeEach
  void unpack() throws IOException {
    shell = new Shell(home);
    database = Fixture.unpack("orders-" + Fixtures.NEWEST, home).database();
    writer = NodeEmulator.writer(database);
  }

  private static List<String> servers() {
    return RecordedAnswer.SERVERS;
  }

  private NodeEmulator node() throws IOException {
    return NodeEmulator.start("kurrentdb-26.1").on(database);
  }

  private Ran backup(String url, Object... more) {
    List<Object> words = new ArrayList<>(List.of("backup", "--node", url, "--min-free", "0"));
    words.addAll(List.of("--repo", home.resolve("repository").toUri()));
    words.addAll(List.of(more));
    return shell.run(words.toArray());
  }

  private static Ran done(Ran ran) {
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  private static Ran refused(Ran ran, int exit, String... said) {
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(exit);
    assertThat(ran.err().replace('\n', ' ')).contains(said);
    return ran;
  }

  @ParameterizedTest
  @MethodSource("servers")
  void theNodesDirectoryIsBackedUpAndItsVersionIsKept(String server) throws IOException {
    try (NodeEmulator node = NodeEmulator.start(server).on(database)) {
      Ran ran = done(backup(node.url()));

      String version = server.replaceFirst(".*-", "");
      assertThat(ran.out())
          .contains("node " + node.url() + ": leader, version " + version)
          .contains("data directory " + database)
          .contains("backup 1 of ");
      assertThat(ran.err()).doesNotContain("--db");
      Ran show = done(shell.run("show", "--repo", home.resolve("repository").toUri()));
      assertThat(show.out()).contains("server " + version);
      assertThat(node.changes()).isEmpty();
    }
  }

  @Test
  void theDocumentHasWhatTheNodeTold() throws IOException {
    try (NodeEmulator node = node()) {
      Ran ran = done(backup(node.url(), "--json", "--dry-run"));

      assertThat(ran.json().at("/result/node/address").asText()).isEqualTo(node.url());
      assertThat(ran.json().at("/result/node/state").asText()).isEqualTo("leader");
      assertThat(ran.json().at("/result/node/version").asText()).isEqualTo("26.1.0-prerelease");
      assertThat(ran.json().at("/result/node/directory").asText()).isEqualTo(database.toString());
      assertThat(ran.json().at("/result/node/chunkSizeBytes").asLong()).isEqualTo(2 * MIB);
      assertThat(ran.json().at("/result/node/lagBytes").asLong()).isZero();
    }
  }

  @Test
  void theIndexDirectoryOfTheNodeIsUsed() throws IOException {
    Path index = Files.move(database.resolve("index"), home.resolve("index elsewhere"));
    try (NodeEmulator node = node()) {
      node.answer(
          "GET /info/options",
          RecordedAnswer.json(
              200,
              "[{\"name\":\"DB\",\"value\":\"" + database + "\"},{\"name\":\"Index\",\"value\":\""
                  + index + "\"}]"));

      Ran ran = done(backup(node.url()));

      assertThat(ran.out()).contains("index " + index);
      assertThat(ran.err()).doesNotContain("index");
    }
  }

  @Test
  void aFolderThatIsNotTheNodesOwnPathIsAWarningThatNamesBoth() throws IOException {
    Path mounted = Files.move(database, home.resolve("mounted"));
    try (NodeEmulator node = NodeEmulator.start("kurrentdb-26.1")) {
      node.gossip(EmulatedMember.single("Leader", writer));

      Ran ran = done(backup(node.url(), "--db", mounted));

      assertThat(ran.err()).contains("--db is " + mounted).contains("/var/lib/db");
    }
  }

  @Test
  void aDirectoryThatIsNotHereIsAUsageErrorThatNamesIt() throws IOException {
    try (NodeEmulator node = NodeEmulator.start("kurrentdb-26.1")) {
      refused(backup(node.url()), 2, "/var/lib/db", "no folder here", "--db");
    }
  }

  @Test
  void aRelativeDirectoryCannotBeUsed() throws IOException {
    try (NodeEmulator node = node()) {
      node.answer(
          "GET /info/options",
          RecordedAnswer.json(200, "[{\"name\":\"Db\",\"value\":\"./data\"}]"));
      refused(backup(node.url()), 2, "./data", "--db");
    }
  }

  @Test
  void theDirectoryOfAnotherDatabaseIsRefused() throws IOException {
    try (NodeEmulator node = NodeEmulator.start("kurrentdb-26.1")) {
      refused(
          backup(node.url(), "--db", database),
          3,
          "is not the one of the node",
          "epoch 0 (15891d1f-4a1b-48b6-b9d3-12c07e2d4c55)");
      assertThat(home.resolve("repository")).doesNotExist();
    }
  }

  @Test
  void aDirectoryFarBehindTheNodesLogIsRefused() throws IOException {
    try (NodeEmulator node = node()) {
      node.gossip(EmulatedMember.single("Leader", writer + 17 * MIB));
      refused(backup(node.url()), 3, "is not the one of the node", "ends at " + writer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Leader", "Master", "FOLLOWER", "Slave", "ReadOnlyReplica"})
  void whatHoldsTheLogOfItsClusterIsBackedUp(String state) throws IOException {
    try (NodeEmulator node = node()) {
      node.gossip(
          EmulatedMember.single(state, writer),
          EmulatedMember.single("Leader", writer + MIB),
          EmulatedMember.single("Follower", writer));

      Ran ran = done(backup(node.url()));

      boolean leads = List.of("Leader", "Master").contains(state);
      assertThat(ran.out().contains("a backup on a follower, such as node-")).isEqualTo(leads);
      assertThat(ran.out().contains("1.0 MiB behind its leader")).isEqualTo(!leads);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Initializing",
        "DiscoverLeader",
        "Unknown",
        "PreReplica",
        "CatchingUp",
        "Clone",
        "PreLeader",
        "PreMaster",
        "Manager",
        "ShuttingDown",
        "Shutdown",
        "ResigningLeader",
        "SomethingNew"
      })
  void whatDoesNotIsRefusedAndTold(String state) throws IOException {
    try (NodeEmulator node = node()) {
      node.gossip(EmulatedMember.single(state, writer), EmulatedMember.single("Leader", writer));
      refused(
          backup(node.url(), "--max-lag", "unlimited"),
          3,
          node.url() + " is " + state.toLowerCase(Locale.ROOT),
          "back up another node",
          "Nothing was backed up");
    }
  }

  @Test
  void aFollowerTooFarBehindIsRefusedUnlessThatIsAllowed() throws IOException {
    try (NodeEmulator node = node()) {
      node.gossip(
          EmulatedMember.single("Follower", writer),
          EmulatedMember.single("Leader", writer + 65 * MIB));
      refused(
          backup(node.url()),
          3,
          65 * MIB + " bytes behind the leader node-1.test:2113",
          "--max-lag");
      done(backup(node.url(), "--max-lag", "65MiB"));
      done(backup(node.url(), "--max-lag", "Unlimited"));
      refused(backup(node.url(), "--max-lag", "far"), 2, "max-lag", "unlimited");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Follower", "ReadOnlyLeaderless"})
  void aFollowerWithoutALeaderIsRefusedUnlessThatIsAllowed(String state) throws IOException {
    try (NodeEmulator node = node()) {
      node.gossip(
          EmulatedMember.single(state, writer),
          EmulatedMember.single("Leader", writer).dead());
      refused(backup(node.url()), 3, "knows no leader", "--max-lag unlimited");
      done(backup(node.url(), "--max-lag", "unlimited"));
    }
  }

  @Test
  void aNodeThatKeepsEverythingInMemoryHasNoFiles() throws IOException {
    try (NodeEmulator node = node()) {
      node.answer(
          "GET /info/options",
          RecordedAnswer.json(200, "[{\"name\":\"MemDb\",\"value\":\"True\"}]"));
      refused(backup(node.url(), "--db", database), 3, "in memory (MemDb)");
    }
  }

  @Test
  void aStoppedNodeIsBackedUpWithAWarningWhenItsDirectoryIsSet() throws IOException {
    String url;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "http://127.0.0.1:" + taken.getLocalPort();
    }

    Ran cold = done(backup(url, "--db", database));

    assertThat(cold.err())
        .contains("refuses the connection; check the setting node")
        .contains("as those of a stopped node");
    refused(backup(url), 6, "refuses the connection", "give --db");
  }

  @Test
  void anUnknownHostIsAnErrorAlsoWithADirectory() {
    refused(
        backup("http://no.such.host.invalid:2113", "--db", database),
        6,
        "the host \"no.such.host.invalid\" is not known",
        "the setting node");
  }

  @Test
  void httpForAServerWithTlsAndTheOtherWayRoundAreTold() throws IOException {
    try (NodeEmulator tls =
            NodeEmulator.start("kurrentdb-26.1", OwnAuthority.get().context(), false);
        NodeEmulator plain = node()) {
      Ran http = backup(tls.url().replace("https", "http"), "--db", database);
      assertThat(http.exit()).as(http.everything()).isIn(2, 6);
      assertThat(http.err().replace('\n', ' ')).contains("use https:// in the setting node");
      refused(
          backup(plain.url().replace("http", "https"), "--db", database),
          6,
          "the TLS handshake with",
          "check the setting node");
      refused(backup(tls.url(), "--db", database), 2, "is not trusted", "COLDSTREAM_NODE_CA");
    }
  }

  @Test
  void aServerThatAnswersWithoutTlsIsTold() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answerWithoutTls(plain));
      answering.setDaemon(true);
      answering.start();
      refused(
          backup("https://127.0.0.1:" + plain.getLocalPort(), "--db", database),
          6,
          "speaks no TLS; use http:// in the setting node");
    }
  }

  /**
   * As a node answers. The client may come twice, and what it sends is read to its end: closing a
   * connection with unread bytes resets it, and the answer may be lost.
   */
  private static void answerWithoutTls(ServerSocket plain) {
    while (!plain.isClosed()) {
      try (Socket client = plain.accept()) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        in.readNBytes(3);
        in.readNBytes(in.readUnsignedShort());
        client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
        client.shutdownOutput();
        in.readAllBytes();
      } catch (IOException e) {
        continue; // the client went away, or the test is over
      }
    }
  }

  @Test
  void aNodeOnHttpsIsBackedUpWithItsAuthority() throws IOException {
    try (NodeEmulator node = NodeEmulator.start(
            "kurrentdb-26.1", OwnAuthority.get().context(), false)
        .on(database)) {
      shell.set("COLDSTREAM_NODE_CA", OwnAuthority.get().certificates().toString());
      assertThat(done(backup(node.url())).out()).contains("node " + node.url() + ": leader");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | application/json | {}        | 6 | the node",
        "404 | ''               | ''        | 2 | GET /info answered 404",
        "200 | application/json | ''        | 2 | not what a node answers",
        "200 | application/json | [1]       | 2 | not what a node answers",
        "200 | application/json | nonsense  | 2 | not what a node answers",
        "200 | application/json | {}        | 2 | has no state",
        "200 | application/json | {'state':5}     | 2 | has no state",
        "200 | text/html        | <html>    | 6 | a web page (HTTP 200, text/html) instead of the node's",
        "401 | ''               | ''        | 5 | COLDSTREAM_NODE_USER and COLDSTREAM_NODE_PASSWORD"
      })
  void somethingElseThanANodesAnswerIsAnErrorAlsoWithADirectory(
      int status, String type, String body, int exit, String said) throws IOException {
    String json = body.replace('\'', '"');
    try (NodeEmulator node = node()) {
      node.answer("GET /info", new RecordedAnswer(status, type, json));
      refused(backup(node.url(), "--db", database), exit, said);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'members':{}}",
        "{'members':[]}",
        "{'members':[{'state':'Leader'}]}",
        "{'members':[{'state':5,'isAlive':true,'writerCheckpoint':1}]}",
        "{'members':[{'state':'Leader','isAlive':'yes','writerCheckpoint':1}]}",
        "{'members':[{'state':'Leader','isAlive':true,'writerCheckpoint':'1'}]}",
        "{'members':[{'state':'Leader','isAlive':true,'writerCheckpoint':1e99}]}"
      })
  void aGossipThatIsNoneIsAnError(String gossip) throws IOException {
    try (NodeEmulator node = node()) {
      node.answer("GET /gossip", RecordedAnswer.json(200, gossip.replace('\'', '"')));
      refused(backup(node.url()), 2, "GET /gossip", "not what a node answers");
    }
  }

  @Test
  void aRedirectIsNotFollowedAndNamed() throws IOException {
    try (NodeEmulator other = node();
        RawServer node = new RawServer(
            line -> Answer.of(307, "Location: " + other.url() + "/info?secret\r\n", ""))) {
      Ran ran = refused(
          backup(node.uri().toString(), "--db", database),
          2,
          "redirects to " + other.url(),
          "put it into the setting node");
      assertThat(ran.everything()).doesNotContain("secret");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void anAnswerThatIsTooLongIsGivenUp() throws IOException {
    try (NodeEmulator node = node()) {
      node.answer("GET /info", RecordedAnswer.json(200, "\"" + "x".repeat(18 << 20) + "\""));
      refused(backup(node.url(), "--db", database), 6, "longer than");
    }
  }

  @Test
  void anAnswerThatBreaksOffIsAnError() throws IOException {
    try (RawServer node = new RawServer(line -> Answer.cut(200, "", "{\"state\":", 5_000))) {
      refused(backup(node.uri().toString(), "--db", database), 6, "GET /info");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://admin:hunter2@127.0.0.1:2113",
        "http://hunter2@127.0.0.1:2113",
        "http://127.0.0.1:2113/?password=hunter2",
        "http://127.0.0.1:2113/hunter2",
        "http://127.0.0.1:2113#hunter2",
        "esdb://hunter2:2113",
        "http://hunter2 :2113",
        "hunter2",
        ""
      })
  void anotherUrlThanANodesIsAUsageErrorThatRepeatsNothing(String url) {
    Ran ran = refused(backup(url, "--db", database), 2, "setting \"node\" (option --node): the");
    assertThat(ran.everything()).doesNotContain("hunter2");
  }
}
