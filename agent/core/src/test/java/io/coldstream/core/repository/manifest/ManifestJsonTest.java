package io.coldstream.core.repository.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.support.json.FormatException;
import io.coldstream.core.support.json.Json;
import io.coldstream.core.testing.Format1;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestJsonTest {

  private static final String NAME = "manifests/000000000007.json";
  private static final String WRITTEN =
      new String(ManifestJson.write(Manifests.sample(7)), StandardCharsets.UTF_8);

  @Test
  void whatIsWrittenIsRead() throws Exception {
    assertThat(read(WRITTEN, 7)).isEqualTo(Manifests.sample(7));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aManifestHasTheBytesOfFormat1(boolean full) throws Exception {
    Manifest manifest = full ? everyField() : fewestFields();
    byte[] bytes = Format1.bytes(full ? "manifest.json" : "manifest-fewest-fields.json");
    assertThat(ManifestJson.write(manifest)).asString().isEqualTo(new String(bytes, UTF_8));
    assertThat(ManifestJson.read(bytes, NAME, 7)).isEqualTo(manifest);
  }

  @Test
  void aPageHasTheBytesOfFormat1() throws Exception {
    List<FileEntry> files = List.of(Manifests.chunk(0, 0), Manifests.chunk(1, 3));
    byte[] bytes = Format1.bytes("page.jsonl");
    assertThat(PageJson.write(files)).asString().isEqualTo(new String(bytes, UTF_8));
    assertThat(PageJson.read(bytes, Manifests.page(files))).isEqualTo(files);
  }

  @Test
  void theFormatStandsFirst() {
    assertThat(WRITTEN).startsWith("{\n  \"coldstream\" : 1,");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"sequence\" :', '\"comment\" : 1, \"sequence\" :'",
    "'\"index\" :', '\"indeX\" :'",
    "'\"label\" :', '\"labels\" :'",
    "'\"chaser\" :', '\"proposals\" : 4, \"chaser\" :'",
    "'\"forkedFrom\" :', '\"forkedfrom\" :'",
    "'\"scavenged\" :', '\"MD5\" : \"0\", \"scavenged\" :'",
    "'\"position\" :', '\"chain\" : 0, \"position\" :'",
    "'\"addedBytes\" :', '\"removedBytes\" : 0, \"addedBytes\" :'",
    "'\"commitCheckpoint\" :', '\"prepare\" : 0, \"commitCheckpoint\" :'",
    "'\"reason\" :', '\"why\" : 1, \"reason\" :'",
    "'\"identities\" :', '\"more\" : [ ], \"identities\" :'",
  })
  void aFieldThatTheFormatDoesNotHaveIsRefused(String from, String to) {
    assertThat(WRITTEN).contains(from);
    assertThatThrownBy(() -> read(WRITTEN.replace(from, to), 7))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("is unknown here");
  }

  @Test
  void theLastTwoLinesHoldTheDigestOfAllBefore() throws Exception {
    byte[] bytes = WRITTEN.getBytes(StandardCharsets.UTF_8);
    byte[] covered = Arrays.copyOf(bytes, bytes.length - 82);
    String digest =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(covered));
    assertThat(WRITTEN).endsWith("\n  \"sha256\" : \"" + digest + "\"\n}\n");
    assertThat(covered).endsWith((byte) ',', (byte) '\n');
  }

  @Test
  void anUnknownFormatIsNamed() {
    assertThatThrownBy(() -> read(WRITTEN.replace("\"coldstream\" : 1", "\"coldstream\" : 2"), 7))
        .isInstanceOf(UnknownFormatException.class)
        .hasMessageContaining(NAME)
        .hasMessageContaining("format 2");
  }

  @Test
  void anotherNumberThanItsNameIsRefused() {
    assertThatThrownBy(() -> read(WRITTEN, 8)).hasMessageContaining("\"sequence\"");
  }

  @ParameterizedTest
  @CsvSource({
    "chunk-000002.000000, ../../etc/passwd",
    "chunk-000002.000000, /etc/passwd",
    "chunk-000002.000000, ..",
    "active/chunk-000002-id/epoch/0-300-aa, active/../../secret",
    "active/chunk-000002-id/epoch/0-300-aa, /active/x",
    "'\"length\" : 500', '\"length\" : 501'",
    "'\"length\" : 500', '\"length\" : -500'",
    "'\"length\" : 500', '\"length\" : 9223372036854775808'",
    "'\"length\" : 500', '\"length\" : 5e2'",
    "'\"restorePoint\" : 2000000', '\"restorePoint\" : 2000001'",
    "'\"encoding\" : [ ]', '\"encoding\" : [ \"zstd\" ]'",
    "'\"writer\" :', '\"writer\" : 1, \"writer\" :'",
    "'\"number\" : 1', '\"number\" : \"1\"'",
    "1970-01-01T00:00:00Z, yesterday",
    "'\"first\" : 0', '\"first\" : 1'",
  })
  void hostileValuesAreRefused(String from, String to) {
    assertThat(WRITTEN).contains(from);
    assertThatThrownBy(() -> read(WRITTEN.replace(from, to), 7))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(NAME)
        .hasMessageNotContaining("damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"label", "forkedFrom", "index", "activeChunk", "epoch"})
  void nullStandsForNothing(String optional) {
    String text = WRITTEN.replaceFirst(
        "\"" + optional + "\" : (\\d+|\"[^\"]*\"|\\{)",
        "\"" + optional + "\" : null, \"rest\" : $1");
    assertThatThrownBy(() -> read(text, 7))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(optional);
  }

  @Test
  void nestingWithoutEndIsRefused() {
    assertThatThrownBy(() -> read(closed("[".repeat(Json.MAX_BYTES - 100)), 7))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("nesting");
    assertThatThrownBy(() -> read(closed(" ".repeat(Json.MAX_BYTES)), 7))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("longer than");
  }

  @Test
  void aDocumentOfManyTinyPartsIsRefusedBeforeItFillsTheMemory() {
    String hostile = "{\"x\":[" + "{},".repeat(Json.MAX_TOKENS) + "{}]";
    assertThatThrownBy(() -> read(closed(hostile), 7))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("oken count");
  }

  @Test
  void aPageIsReadAsItWasWritten() throws Exception {
    List<FileEntry> files = List.of(Manifests.chunk(0, 0), Manifests.chunk(1, 3));
    assertThat(PageJson.read(PageJson.write(files), Manifests.page(files))).isEqualTo(files);
  }

  @Test
  void aPageThatIsAnotherIsRefused() {
    List<FileEntry> files = List.of(Manifests.chunk(0, 0), Manifests.chunk(1, 3));
    byte[] page = PageJson.write(files);
    PageEntry meant = Manifests.page(files);
    assertThatThrownBy(() -> PageJson.read(PageJson.write(files.subList(0, 1)), meant))
        .isInstanceOf(FormatException.class);
    page[40]++;
    assertThatThrownBy(() -> PageJson.read(page, meant)).isInstanceOf(FormatException.class);
  }

  private static Manifest everyField() {
    Origin origin = new Origin(
        "a".repeat(26),
        1,
        Instant.parse("2026-02-03T04:05:06.789Z"),
        "höst \"1\"",
        Optional.of("a/b\u2028\\"),
        Optional.of("25.1.0"),
        "0.1");
    Positions positions =
        new Positions(2_000_000, 1_900_000, OptionalLong.of(70), OptionalLong.of(3), 2_000_000, 70);
    Manifest sample = Manifests.sample(7);
    IndexEntry index = sample.files().index().orElseThrow();
    return changed(
        origin,
        positions,
        Optional.of(new IndexEntry(index.map(), List.of(index.map(), index.map()), 77)),
        sample.files().activeChunk(),
        sample.forkedFrom());
  }

  private static Manifest fewestFields() {
    return changed(
        new Origin(
            "a".repeat(26), 1, Instant.EPOCH, "host", Optional.empty(), Optional.empty(), "0"),
        new Positions(
            2_000_000, 1_900_000, OptionalLong.empty(), OptionalLong.empty(), 2_000_000, 70),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Manifest changed(
      Origin origin,
      Positions positions,
      Optional<IndexEntry> index,
      Optional<FileEntry> activeChunk,
      Optional<ForkedFrom> forkedFrom) {
    Manifest sample = Manifests.sample(7);
    LogState log = sample.log();
    ManifestFiles files = sample.files();
    return new Manifest(
        sample.sequence(),
        sample.repositoryId(),
        origin,
        new LogState(positions, log.chunkSizeBytes(), log.lineage(), log.restorePointTime()),
        forkedFrom,
        new ManifestFiles(
            files.checkpointFolder(),
            files.checkpoints(),
            index,
            files.pages(),
            activeChunk,
            files.leftOut()),
        sample.totals());
  }

  private static Manifest read(String json, long sequence) throws FormatException {
    return ManifestJson.read(Manifests.redigested(json), NAME, sequence);
  }

  /** A hostile document that ends as the format wants it. */
  private static String closed(String start) {
    return start + ",\n  \"sha256\" : \"\"\n}\n";
  }
}
