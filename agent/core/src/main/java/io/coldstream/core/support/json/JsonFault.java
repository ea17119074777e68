package io.coldstream.core.support.json;

import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;

/** Says which field of a document is wrong, and how. A hostile document cannot make it long. */
final class JsonFault {

  private static final int MAX_CHARACTERS = 200;
  private static final Set<Class<?>> NUMBERS = Set.of(long.class, int.class, OptionalLong.class);

  private JsonFault() {}

  static String of(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (Reference reference : e.getPath()) {
      append(path, reference.getFieldName(), reference.getIndex());
    }
    String where = path.isEmpty() ? "" : "field " + quoted(path);
    if (e instanceof UnrecognizedPropertyException) {
      return where + " is unknown here";
    }
    if (e instanceof InvalidNullException) {
      return where + " is missing";
    }
    if (e instanceof MismatchedInputException mismatch) {
      return where + " is not " + expected(mismatch.getTargetType());
    }
    if (e.getCause() instanceof InputCoercionException) {
      return where + " is out of range";
    }
    String refusal =
        e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage();
    return (where.isEmpty() ? "" : where + ": ") + printable(refusal);
  }

  private static String expected(Class<?> type) {
    if (NUMBERS.contains(type)) {
      return "a whole number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  static String path(JsonStreamContext context) {
    StringBuilder path = new StringBuilder();
    for (JsonStreamContext at = context; !at.inRoot(); at = at.getParent()) {
      StringBuilder before = new StringBuilder();
      append(before, at.inObject() ? at.getCurrentName() : null, at.getCurrentIndex());
      path.insert(0, path.isEmpty() || path.charAt(0) == '[' ? before : before.append('.'));
    }
    return quoted(path);
  }

  private static void append(StringBuilder path, String field, int index) {
    if (field == null) {
      path.append('[').append(index).append(']');
    } else {
      path.append(path.isEmpty() ? "" : ".").append(field);
    }
  }

  private static String quoted(CharSequence path) {
    return '"' + printable(path.toString()) + '"';
  }

  /** A text from a document, made fit for a message. */
  static String printable(String text) {
    String shown =
        text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) + "..." : text;
    return shown.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
  }
}
