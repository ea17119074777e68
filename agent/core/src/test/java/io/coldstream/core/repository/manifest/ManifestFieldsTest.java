package io.coldstream.core.repository.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.core.support.json.Json;
import io.coldstream.core.testing.Format1;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a manifest's fields may not be, and what the refusal says. */
class ManifestFieldsTest {

  private static final String NAME = "manifests/000000000007.json";

  private final String written = new String(Format1.bytes("manifest.json"), UTF_8);

  ManifestFieldsTest() throws IOException {}

  @Test
  void aFieldIsMissingOnlyWhereItIsOptional() throws Exception {
    ObjectNode document = parsed();
    List<String> optional = new ArrayList<>();
    for (Place place : places(document, "")) {
      JsonNode value = place.object.remove(place.field);
      if (isRead(document)) {
        optional.add(place.path);
      }
      place.object.set(place.field, value);
    }
    assertThat(optional)
        .containsExactlyInAnyOrder(
            "/origin/label",
            "/origin/server",
            "/positions/epoch",
            "/positions/proposal",
            "/forkedFrom",
            "/index",
            "/activeChunk",
            "/activeChunk/chunk");
  }

  @Test
  void noFieldIsConverted() throws Exception {
    ObjectNode document = parsed();
    List<Place> places = places(document, "");
    assertThat(places).hasSizeGreaterThan(70);
    for (Place place : places) {
      JsonNode value = place.object.get(place.field);
      for (JsonNode other : List.of(
          NullNode.getInstance(),
          DoubleNode.valueOf(1),
          Json.object(),
          value.isTextual() ? IntNode.valueOf(1) : TextNode.valueOf(value.asText()),
          value.isBoolean() ? IntNode.valueOf(1) : BooleanNode.TRUE)) {
        place.object.set(place.field, other);
        assertThat(isRead(document)).as(place.path + " is " + other).isFalse();
      }
      place.object.set(place.field, value);
    }
    assertThat(isRead(document)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"writer\" : 2000000, | `` | field \"positions.writer\" is missing",
        "\"writer\" : 2 | \"more\" : 1, \"writer\" : 2 | field \"positions.more\" is unknown here",
        "\"agent\" : \"0.1\" | \"agent\" : null | field \"origin.agent\" is null; omit it instead",
        "\"encoding\" : [ ] | \"encoding\" : [ null ]"
            + " | field \"checkpoints[0].encoding[0]\" is null; omit it instead",
        "\"encoding\" : [ ] | \"encoding\" : { } | field \"checkpoints[0].encoding\" is not a list",
        "\"encoding\" : [ ] | \"encoding\" : [ \"zstd\" ]"
            + " | field \"checkpoints[0]\": writer.chk: its bytes are "
            + "encoded, which this version cannot read; use a newer version",
        "\"leftOut\" : [ | \"leftOut\" : [ 7, | field \"leftOut[0]\" is not an object",
        "\"agent\" : \"0.1\" | \"agent\" : 1 | field \"origin.agent\" is not a text",
        "\"database\" : \" | \"database\" : 1, \"x\" : \" | field \"database\" is not a text",
        "\"length\" : 500 | \"length\" : \"500\" | field \"activeChunk.length\" is not a whole"
            + " number",
        "\"length\" : 500 | \"length\" : 9223372036854775808"
            + " | field \"activeChunk.length\" is out of range",
        "\"capture\" : 1 | \"capture\" : 3000000000 | field \"origin.capture\" is out of range",
        "\"scavenged\" : false | \"scavenged\" : 0"
            + " | field \"activeChunk.chunk.scavenged\" is not true or false",
        "1970-01-01T00:00:00Z | yesterday"
            + " | field \"restorePointTime\": Text 'yesterday' could not be parsed at index 0",
        "\"identities\" : \" | \"identities\" : \"x"
            + " | field \"pages[0].identities\": not a SHA-256: 65 characters",
        "\"position\" : 70 | \"position\" : 0"
            + " | field \"lineage\": epoch 1 at 0 is not after the one before it at 0",
        "\"sequence\" : 7 | \"sequence\" : 0 | sequence 0 is not 1 to 999999999999",
        "\"chunkSize\" : 1048576 | \"chunkSize\" : 0 | chunk size 0 is below 1",
        "\"database\" : \"00000000-0000-0001 | \"database\" : \"00000000-0000-0009"
            + " | the lineage does not begin with the database's id",
        "\"checkpointFolder\" : \"checkpoints/aaaaaaaaaaaaaaaaaaaaaaaaaa/1/ | \"checkpointFolder\" : \"../"
            + " | prefix \"../\" has a component that climbs or stays (. or ..)",
        "\"coldstream\" : 1 | \"coldstream\" : 18446744073709551617"
            + " | field \"coldstream\" is not a whole number of 64 bits",
      })
  void aRefusalNamesTheFieldAndTheFault(String from, String to, String message) {
    assertThat(written).contains(from);
    String text = written.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FormatException.class)
        .hasMessage(NAME + ": " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"database\" : \"%s\", \"x\" : \"",
        "\"database\" : %s, \"x\" : \"",
        "\"checkpointFolder\" : \"%s\", \"database\" : \"",
        "\"%.180s\" : 1, \"database\" : \"",
        "\"%.180s\" : 1, \"%<.180s\" : 1, \"database\" : \"",
        "\"%.180s\" : null, \"database\" : \"",
      })
  void aRefusalIsShortAndWithoutControlCharacters(String form) {
    String hostile = String.format(Locale.ROOT, form, "\\u001b\\u0007x\\u202e\\u2028".repeat(200));
    String text = written
        .replaceFirst("\"checkpointFolder\"", "\"folder\"")
        .replace("\"database\" : \"", hostile);
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FormatException.class)
        .satisfies(e -> assertThat(e.getMessage())
            .startsWith(NAME)
            .matches("[\\P{C}&&[^\\u2028\\u2029]]{1,300}"));
  }

  private ObjectNode parsed() throws FormatException {
    ObjectNode document = Json.parse(written.getBytes(UTF_8), NAME);
    document.remove("sha256");
    return document;
  }

  private static Manifest read(String text) throws FormatException {
    return ManifestJson.read(Manifests.redigested(text), NAME, 7);
  }

  /** Whether a document is read with a digest at its end. */
  private static boolean isRead(ObjectNode document) {
    String text = new String(Json.document(document), UTF_8);
    try {
      read(text.substring(0, text.length() - 3) + ",\n  \"sha256\" : \"\"\n}\n");
      return true;
    } catch (FormatException e) {
      return false;
    }
  }

  private static List<Place> places(JsonNode node, String path) {
    List<Place> places = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        places.add(new Place(object, name, path + "/" + name));
        places.addAll(places(object.get(name), path + "/" + name));
      }
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      places.addAll(places(node.get(i), path + "/" + i));
    }
    return places;
  }

  /** Where a field stands. */
  private record Place(ObjectNode object, String field, String path) {}
}
