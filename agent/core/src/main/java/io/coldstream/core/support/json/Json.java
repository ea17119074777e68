package io.coldstream.core.support.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads and writes JSON documents, within bounds that a hostile one cannot pass. Thread-safe. */
public final class Json {

  /** Longest document that is read, in bytes. */
  public static final int MAX_BYTES = 16 << 20;

  /**
   * Most tokens of a document that is read. A value in memory is several times as large as its token:
   * within these bounds any document fits a heap of 64 MiB, beside its bytes.
   */
  public static final int MAX_TOKENS = 400_000;

  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxNestingDepth(20)
              .maxDocumentLength(MAX_BYTES)
              .maxTokenCount(MAX_TOKENS)
              .maxStringLength(100_000)
              .maxNumberLength(30)
              .maxNameLength(200)
              .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  /** Lines end alike on every system: digests are taken over these bytes. */
  private static final DefaultPrettyPrinter INDENTED =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private Json() {}

  /**
   * Reads a document that is one object.
   *
   * @param bytes the document, UTF-8
   * @param name what it is called, for messages
   * @param reader reads its fields
   * @param <T> what it becomes
   * @return the value
   * @throws FormatException when it is no JSON, passes a bound, or a field is wrong
   */
  public static <T> T read(byte[] bytes, String name, Fields.Reader<T> reader)
      throws FormatException {
    if (bytes.length > MAX_BYTES) {
      throw new FormatException(name + ": longer than " + MAX_BYTES + " bytes");
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new FormatException(name + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new FormatException(name + ": " + e.getMessage(), e);
    }
    return Fields.checked(node, name, reader);
  }

  /**
   * An object to be filled.
   *
   * @return an empty one, which keeps the order of its fields
   */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * A document for people to read too: indented, closed by a line feed.
   *
   * @param node the document
   * @return its bytes, UTF-8
   */
  public static byte[] document(JsonNode node) {
    try {
      return (MAPPER.writer(INDENTED).writeValueAsString(node) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A document in one line, closed by a line feed.
   *
   * @param node the document
   * @return its bytes, UTF-8
   */
  public static byte[] line(JsonNode node) {
    return (node + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
