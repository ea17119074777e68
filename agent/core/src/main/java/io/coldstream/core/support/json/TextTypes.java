package io.coldstream.core.support.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.coldstream.store.ObjectName;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/** The types of others that a document holds as text. */
final class TextTypes extends SimpleModule {

  private static final long serialVersionUID = 1L;

  TextTypes() {
    add(Instant.class, Instant::parse);
    add(ObjectName.class, ObjectName::new);
    add(UUID.class, UUID::fromString);
  }

  private <T> void add(Class<T> type, Function<String, T> reader) {
    addSerializer(type, ToStringSerializer.instance);
    addDeserializer(type, new StdScalarDeserializer<T>(type) {
      @Override
      public T deserialize(JsonParser tokens, DeserializationContext context) throws IOException {
        return tokens.hasToken(JsonToken.VALUE_STRING)
            ? reader.apply(tokens.getText())
            : context.reportInputMismatch(String.class, "text expected");
      }
    });
  }
}
