package io.coldstream.core.support.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Binds JSON documents to records, within bounds that a hostile one cannot pass. A component that is
 * not an {@code Optional} must be there; nothing is converted, and {@code null} is never a value.
 * Thread-safe.
 */
public final class Json {

  /** Longest document that is read, in bytes. */
  public static final int MAX_BYTES = 16 << 20;

  /**
   * Most tokens of a document that is read. A value in memory is several times as large as its token:
   * within these bounds any document fits a heap of 64 MiB, beside its bytes.
   */
  public static final int MAX_TOKENS = 400_000;

  private static final JsonSetter.Value REQUIRED = JsonSetter.Value.forValueNulls(Nulls.FAIL);
  private static final JsonSetter.Value OPTIONAL = JsonSetter.Value.forValueNulls(Nulls.SET);

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
      .addModules(new Jdk8Module(), new TextTypes())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
      .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
      .withCoercionConfigDefaults(coercions -> {
        for (CoercionInputShape shape : CoercionInputShape.values()) {
          coercions.setCoercion(shape, CoercionAction.Fail);
        }
      })
      .defaultSetterInfo(REQUIRED)
      .withConfigOverride(Optional.class, type -> type.setSetterInfo(OPTIONAL))
      .withConfigOverride(OptionalLong.class, type -> type.setSetterInfo(OPTIONAL))
      .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_ABSENT, Include.ALWAYS))
      .build();

  /** Lines end alike on every system: digests are taken over these bytes. */
  private static final DefaultPrettyPrinter INDENTED =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private Json() {}

  /**
   * Reads a document that is one object.
   *
   * @param bytes the document, UTF-8
   * @param name its name, for messages
   * @param type the record that it becomes
   * @param <T> that record
   * @return the value
   * @throws FormatException as {@link #parse} and {@link #bind}
   */
  public static <T> T read(byte[] bytes, String name, Class<T> type) throws FormatException {
    return bind(parse(bytes, name), name, type);
  }

  /**
   * Parses a document that is one object.
   *
   * @param bytes the document, UTF-8
   * @param name its name, for messages
   * @return its fields
   * @throws FormatException when it is not JSON, exceeds a bound, or a field is null or there twice
   */
  public static ObjectNode parse(byte[] bytes, String name) throws FormatException {
    ObjectNode object = parseForeign(bytes, name);
    try {
      requireNoNull(object, name);
      return object;
    } catch (FormatException e) {
      throw e;
    } catch (IOException e) {
      throw new FormatException(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a document of another program, which may hold nulls.
   *
   * @param bytes the document, UTF-8
   * @param name its name, for messages
   * @return its fields
   * @throws FormatException when it is not JSON, or exceeds a bound
   */
  public static ObjectNode parseForeign(byte[] bytes, String name) throws FormatException {
    if (bytes.length > MAX_BYTES) {
      throw new FormatException(name + ": longer than " + MAX_BYTES + " bytes");
    }
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new FormatException(name + ": " + JsonFault.printable(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new FormatException(name + ": " + e.getMessage(), e);
    }
    throw new FormatException(name + ": a JSON object is expected");
  }

  private static void requireNoNull(ObjectNode object, String name) throws IOException {
    try (JsonParser tokens = MAPPER.treeAsTokens(object)) {
      for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
        if (token == JsonToken.VALUE_NULL) {
          String path = JsonFault.path(tokens.getParsingContext());
          throw new FormatException(name + ": field " + path + " is null; omit it instead");
        }
      }
    }
  }

  /**
   * Binds an object to a record, whose constructor checks the values.
   *
   * @param object its fields
   * @param name the document's name, for messages
   * @param type the record that it becomes
   * @param <T> that record
   * @return the value
   * @throws FormatException when a field is missing, unknown, of another type, or refused
   */
  public static <T> T bind(ObjectNode object, String name, Class<T> type) throws FormatException {
    try {
      return MAPPER.treeToValue(object, type);
    } catch (JsonMappingException e) {
      throw new FormatException(name + ": " + JsonFault.of(e), e);
    } catch (JsonProcessingException e) {
      throw new FormatException(name + ": " + JsonFault.printable(e.getOriginalMessage()), e);
    }
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
   * The fields of a record.
   *
   * @param value a record
   * @return its components in their order, without those that are empty
   */
  public static ObjectNode fields(Record value) {
    return MAPPER.valueToTree(value);
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
   * @param value the document
   * @return its bytes, UTF-8
   */
  public static byte[] line(Record value) {
    return (fields(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
