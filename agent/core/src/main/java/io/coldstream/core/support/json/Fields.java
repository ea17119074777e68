package io.coldstream.core.support.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The fields of one JSON object, read with checks: every fault is a {@link FormatException} that
 * names the document and the field. A field that nobody asks for is a fault too.
 */
public final class Fields {

  private final JsonNode node;
  private final String where;
  private final Set<String> asked = new HashSet<>();

  Fields(JsonNode node, String where) throws FormatException {
    if (!node.isObject()) {
      throw new FormatException(where + ": a JSON object is expected");
    }
    this.node = node;
    this.where = where;
  }

  /**
   * Reads a part of an object, with what its constructor checks.
   *
   * @param <T> what is read
   */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads the part.
     *
     * @param fields its fields
     * @return the value
     * @throws FormatException when a field is missing or wrong
     */
    T read(Fields fields) throws FormatException;
  }

  /**
   * A text that must be there.
   *
   * @param name the field
   * @return its value
   * @throws FormatException when it is missing or no text
   */
  public String text(String name) throws FormatException {
    return optionalText(name).orElseThrow(() -> fault(name, "is missing"));
  }

  /**
   * A text that may be missing.
   *
   * @param name the field
   * @return its value
   * @throws FormatException when it is no text
   */
  public Optional<String> optionalText(String name) throws FormatException {
    JsonNode value = value(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw fault(name, "is not a text");
    }
    return Optional.of(value.textValue());
  }

  /**
   * A whole number that must be there.
   *
   * @param name the field
   * @return its value
   * @throws FormatException when it is missing, no whole number or beyond 64 bits
   */
  public long number(String name) throws FormatException {
    return optionalNumber(name).orElseThrow(() -> fault(name, "is missing"));
  }

  /**
   * A whole number that must be there and fit 32 bits.
   *
   * @param name the field
   * @return its value
   * @throws FormatException when it is missing, no whole number or beyond 32 bits
   */
  public int smallNumber(String name) throws FormatException {
    long value = number(name);
    if (value != (int) value) {
      throw fault(name, "is out of range");
    }
    return (int) value;
  }

  /**
   * A whole number that may be missing.
   *
   * @param name the field
   * @return its value
   * @throws FormatException when it is no whole number or beyond 64 bits
   */
  public OptionalLong optionalNumber(String name) throws FormatException {
    JsonNode value = value(name);
    if (value.isMissingNode()) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw fault(name, "is not a whole number of 64 bits");
    }
    return OptionalLong.of(value.longValue());
  }

  /**
   * True or false, which must be there.
   *
   * @param name the field
   * @return its value
   * @throws FormatException when it is missing or neither
   */
  public boolean flag(String name) throws FormatException {
    JsonNode value = value(name);
    if (!value.isBoolean()) {
      throw fault(name, "is neither true nor false");
    }
    return value.booleanValue();
  }

  /**
   * An object that must be there.
   *
   * @param name the field
   * @param reader reads it
   * @param <T> what it becomes
   * @return its value
   * @throws FormatException when it is missing or wrong
   */
  public <T> T object(String name, Reader<T> reader) throws FormatException {
    return checked(value(name), where + ", " + name, reader);
  }

  /**
   * An object that may be missing.
   *
   * @param name the field
   * @param reader reads it
   * @param <T> what it becomes
   * @return its value
   * @throws FormatException when it is wrong
   */
  public <T> Optional<T> optionalObject(String name, Reader<T> reader) throws FormatException {
    JsonNode value = value(name);
    return value.isMissingNode() ? Optional.empty() : Optional.of(object(name, reader));
  }

  /**
   * A list of objects that must be there.
   *
   * @param name the field
   * @param reader reads one
   * @param <T> what one becomes
   * @return the values in their order
   * @throws FormatException when the list is missing, or one of it is wrong
   */
  public <T> List<T> list(String name, Reader<T> reader) throws FormatException {
    List<T> values = new ArrayList<>();
    for (JsonNode element : array(name)) {
      values.add(checked(element, where + ", " + name + "[" + values.size() + "]", reader));
    }
    return values;
  }

  /**
   * A list of texts that must be there.
   *
   * @param name the field
   * @return the values in their order
   * @throws FormatException when the list is missing, or one of it is no text
   */
  public List<String> texts(String name) throws FormatException {
    List<String> values = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isTextual()) {
        throw fault(name, "holds something that is not a text");
      }
      values.add(element.textValue());
    }
    return values;
  }

  /**
   * A fault in a field, for a check that the caller makes.
   *
   * @param name the field
   * @param fault what is wrong, as the end of a sentence
   * @return the exception to throw
   */
  public FormatException fault(String name, String fault) {
    return new FormatException(where + ": field \"" + name + "\" " + fault);
  }

  private JsonNode value(String name) {
    asked.add(name);
    return node.path(name);
  }

  private void requireNoOthers() throws FormatException {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!asked.contains(name)) {
        throw fault(name, "is unknown here");
      }
    }
  }

  private JsonNode array(String name) throws FormatException {
    JsonNode value = value(name);
    if (!value.isArray()) {
      throw fault(name, "is not a list");
    }
    return value;
  }

  /** Turns what a value's constructor refuses into a fault of the document. */
  static <T> T checked(JsonNode node, String where, Reader<T> reader) throws FormatException {
    try {
      Fields fields = new Fields(node, where);
      T value = reader.read(fields);
      fields.requireNoOthers();
      return value;
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new FormatException(where + ": " + e.getMessage(), e);
    }
  }
}
