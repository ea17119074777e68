package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.repository.manifest.LeftOut;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.ManifestFiles;
import io.coldstream.core.repository.manifest.ManifestJson;
import io.coldstream.core.repository.manifest.Origin;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.Opened;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plants what a terminal obeys wherever a stranger may write, prints everything, and looks for it. */
class ForeignTextTest {

  /** Colours, a bell, a cleared screen, text that runs backwards, and lines that look like ours. */
  private static final String EVIL =
      "\u001b[31m\u0007\r\u009b2J\u007f\u0085\u202e\u2066\u2028\u2029\t"
          + "\nforged line\n\u001b]0;title\u001b\\end";

  private static final String SHOWN = "\\u001b[31m\\u0007\\r\\u009b2J\\u007f\\u0085\\u202e";

  @TempDir
  private Path home;

  private Fixture series;
  private Path repository;
  private Shell shell;

  @BeforeEach
  void backUp() {
    series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
    repository = home.resolve("repository");
    shell = new Shell(home).set("COLDSTREAM_REPO", url());
    done(shell.run("backup", "--db", series.database("day1")));
  }

  private String url() {
    return repository.toUri().toString();
  }

  private static Ran done(Ran ran) {
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  /** Neither a character that is not printed, nor a line that a stranger began. */
  private static Ran safe(Ran ran) {
    String text = (ran.out() + ran.err()).replaceAll("\r\033\\[K|\033\\[\\?7[lh]", "");
    assertThat(text).matches("[\\P{C}\\n&&[^\\u2028\\u2029]]*");
    assertThat(text.lines()).noneMatch(line -> line.strip().startsWith("forged"));
    return ran;
  }

  private void forge(boolean foreignEncoding) throws IOException {
    Path file = repository.resolve(Layout.manifest(1).value());
    Manifest forged;
    try (ObjectStore store = Opened.store(url(), Map.of())) {
      forged = forged(new RepositoryLocation(store, url()).open().manifest(1));
    } catch (io.coldstream.core.support.failure.RunException e) {
      throw new AssertionError(e);
    }
    Files.delete(file);
    String text = new String(ManifestJson.write(forged), StandardCharsets.UTF_8);
    String tail = "  \"sha256\" : \"";
    String covered = text.substring(0, text.lastIndexOf(tail));
    if (foreignEncoding) {
      covered = covered.replace("\"encoding\" : [ ]", foreign());
    }
    Sha256 digest = Sha256.of(covered.getBytes(StandardCharsets.UTF_8));
    Files.writeString(file, covered + tail + digest + "\"\n}\n");
  }

  private static Manifest forged(Manifest real) {
    Origin origin = real.origin();
    ManifestFiles files = real.files();
    return new Manifest(
        real.sequence(),
        real.repositoryId(),
        new Origin(
            origin.run(),
            origin.capture(),
            origin.time(),
            "host" + EVIL,
            Optional.of("label" + EVIL),
            Optional.of("server" + EVIL),
            "agent" + EVIL),
        real.log(),
        real.forkedFrom(),
        new ManifestFiles(
            files.checkpointFolder(),
            files.checkpoints(),
            Optional.empty(),
            files.pages(),
            files.activeChunk(),
            List.of(new LeftOut("index", "reason" + EVIL), new LeftOut("file" + EVIL, "" + EVIL))),
        real.totals());
  }

  private static String foreign() {
    return "\"encoding\" : [ " + TextNode.valueOf("zip" + EVIL) + " ],\n" + "\"keyId\" : "
        + TextNode.valueOf("key" + EVIL);
  }

  private List<String> verbs() {
    return List.of(
        "list",
        "show",
        "verify",
        "verify --data",
        "restore --dry-run --to " + home.resolve("target"),
        "restore --to " + Path.of(home.toString(), "restored-" + System.nanoTime()),
        "backup --dry-run --db " + series.database("day2"),
        "backup --recheck --db " + series.database("day1"),
        "backup --db " + series.database("day2"),
        "doctor",
        "config show");
  }

  @ParameterizedTest
  @CsvSource({"false, ''", "false, -v", "false, --json", "true, ''", "true, -v", "true, --json"})
  void inAForgedManifest(boolean foreignEncoding, String form) throws IOException {
    forge(foreignEncoding);
    for (int columns : new int[] {0, 80}) {
      Shell place = columns == 0 ? shell : shell.onTerminal(columns);
      for (String verb : verbs()) {
        safe(place.run((Object[]) (verb + " " + form).strip().split(" ")));
      }
    }
  }

  @Test
  void whatIsEscapedIsStillShown() throws IOException {
    forge(false);

    assertThat(safe(shell.run("list")).out()).contains("label" + SHOWN);
    assertThat(safe(shell.run("show", "-v")).out())
        .contains("host" + SHOWN, "agent" + SHOWN, "server" + SHOWN, "reason" + SHOWN);
    Ran json = safe(shell.run("list", "--json"));
    assertThat(json.json().at("/result/backups/0/label").asText()).isEqualTo("label" + EVIL);
    assertThat(safe(shell.run("restore", "--dry-run", "--to", home.resolve("target")))
            .out())
        .contains("reason" + SHOWN);
  }

  @ParameterizedTest
  @CsvSource({"coldstream.json, created", "coldstream.json, id", "coldstream.json, database"})
  void inADocumentThatIsRefused(String name, String field) throws IOException {
    Path file = repository.resolve(name);
    String escaped = EVIL.replace("\u001b", "\\u001b")
        .replace("\u0007", "\\u0007")
        .replace("\\end", "end")
        .replace("\r", "\\r")
        .replace("\t", "\\t")
        .replace("\n", "\\n");
    String document = Files.readString(file)
        .replaceFirst(
            "(\"" + field + "\" : )\"[^\"]*\"", "$1\"" + escaped.replace("\\", "\\\\") + "\"");
    Files.delete(file);
    Files.writeString(file, document);
    for (String form : new String[] {"--quiet", "-v", "--json"}) {
      Ran ran = safe(shell.run("list", form));
      assertThat(ran.exit()).as(ran.everything()).isEqualTo(4);
    }
  }

  @Test
  void inNamesOnTheDisk() throws IOException {
    Path evil = home.resolve("dir" + EVIL.replace("/", ""));
    Path node = Files.createDirectory(evil);
    Files.writeString(node.resolve("chunk-000000" + EVIL.replace("/", "")), "x");
    Files.writeString(node.resolve("writer.chk"), "12345678");
    for (String form : new String[] {"--quiet", "-v", "--json"}) {
      safe(shell.run("backup", form, "--db", node));
      safe(shell.run("restore", form, "--to", node));
      safe(shell.run("restore", form, "--dry-run", "--to", node.resolve("new")));
      safe(shell.run("restore", form, "--to", node.resolve("new" + form)));
      safe(shell.run("list", form, "--repo", node.toUri()));
      safe(shell.run("list", form, "--repo", "file://" + node));
      safe(shell.run("list", form, "--config", node));
      safe(shell.run("list", form, "--state", node));
      safe(shell.run("config", "show", form, "--db", node, "--state", node));
    }
  }

  @Test
  void inWhatWasTyped() {
    for (String form : new String[] {"--quiet", "-v", "--json"}) {
      safe(shell.run("backup", form, "--label", EVIL, "--db", series.database("day2")));
      safe(shell.run("config", "show", form, "--label", EVIL));
      safe(shell.run("show", form, EVIL));
      safe(shell.run("backup", form, "--resend", EVIL));
      safe(shell.run("--" + EVIL, form));
      safe(shell.run(EVIL, form));
      safe(new Shell(home).set("COLDSTREAM_" + EVIL, "x").run("config", "show", form));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "s3://bucket/p?path-style=true&region=us-east-1&endpoint=",
    "gs://bucket/p?anonymous=true&endpoint=",
    "az://account/container/p?endpoint="
  })
  void inWhatAStoreSays(String url) throws IOException {
    String said = "no" + EVIL.replaceAll("[\u001b\u0007]", "").replace("\\end", "end");
    String xml =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>AccessDenied</Code><Message>" + said
            + "</Message></Error>";
    String json = "{\"error\": {\"code\": 403, \"message\": \""
        + said.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
        + "\\u001b[31m\\u0007\"}}";
    S3Emulator.s3proxy(); // has credentials set for the adapter
    boolean isGoogle = url.startsWith("gs:");
    byte[] body = (isGoogle ? json : xml).getBytes(StandardCharsets.UTF_8);
    String type = "Content-Type: application/" + (isGoogle ? "json" : "xml") + "\r\n";
    try (RawServer server =
        new RawServer(line -> Answer.of(403, type, new String(body, StandardCharsets.UTF_8)))) {
      for (String form : new String[] {"--quiet", "-v", "--json"}) {
        Ran list = safe(shell.run("list", form, "--repo", url + server.uri()));
        assertThat(list.exit()).as(list.everything()).isEqualTo(5);
        safe(shell.run("doctor", form, "--repo", url + server.uri()));
      }
    }
  }
}
