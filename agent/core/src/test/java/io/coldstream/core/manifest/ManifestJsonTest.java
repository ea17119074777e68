package io.coldstream.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.json.FormatException;
import io.coldstream.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestJsonTest {

  private static final String WRITTEN =
      new String(ManifestJson.write(Manifests.sample(7)), StandardCharsets.UTF_8);

  @Test
  void whatIsWrittenIsRead() throws Exception {
    assertThat(read(WRITTEN, 7)).isEqualTo(Manifests.sample(7));
  }

  @Test
  void theFormatStandsFirst() {
    assertThat(WRITTEN).startsWith("{\n  \"coldstream\" : 1,");
  }

  @Test
  void aFieldOfALaterMinorVersionIsIgnored() throws Exception {
    String more = WRITTEN.replaceFirst("\\{", "{\"comment\": {\"deep\": [1, 2]},");
    assertThat(read(more, 7)).isEqualTo(Manifests.sample(7));
  }

  @Test
  void anUnknownFormatIsNamed() {
    assertThatThrownBy(() -> read(WRITTEN.replace("\"coldstream\" : 1", "\"coldstream\" : 2"), 7))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("manifest 7")
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
        .hasMessageContaining("manifest 7");
  }

  @Test
  void everyCutIsRefused() {
    byte[] whole = WRITTEN.strip().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ManifestJson.read(cut, 7)).isInstanceOf(FormatException.class);
    }
  }

  @Test
  void nestingWithoutEndIsRefused() {
    assertThatThrownBy(() -> read("[".repeat(Json.MAX_BYTES - 1), 7))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("nesting");
    assertThatThrownBy(() -> ManifestJson.read(new byte[Json.MAX_BYTES + 1], 7))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("longer than");
  }

  @Test
  void aDocumentOfManyTinyPartsIsRefusedBeforeItFillsTheMemory() {
    String hostile = "{\"x\":[" + "{},".repeat(Json.MAX_TOKENS) + "{}]}";
    assertThatThrownBy(() -> read(hostile, 7))
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

  private static Manifest read(String json, long sequence) throws FormatException {
    return ManifestJson.read(json.getBytes(StandardCharsets.UTF_8), sequence);
  }
}
