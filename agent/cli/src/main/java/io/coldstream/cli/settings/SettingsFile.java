package io.coldstream.cli.settings;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.spi.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parsed configuration file, with known names only.
 *
 * <p>It is YAML: a map of settings, in it the maps {@code store} and {@code to-store}. Messages name file, line and name,
 * never a value or a piece of the file: what was pasted there may be a secret.
 *
 * @param settings by name, without the section
 * @param store the section {@code store}, by name
 * @param targetStore the section {@code to-store}, by name
 */
record SettingsFile(
    Map<String, Located> settings, Map<String, Located> store, Map<String, Located> targetStore) {

  /** A file that says nothing. */
  static final SettingsFile NONE = new SettingsFile(Map.of(), Map.of(), Map.of());

  private static final String STORE = "store";
  private static final String TARGET_STORE = "to-store";
  private static final int MAX_BYTES = 1 << 20;

  /**
   * Reads a file.
   *
   * @param file which; must be there
   * @param storeNames the names that a store may have
   * @return what it says
   * @throws RunException {@link Kind#USAGE} when it cannot be read, is no such YAML, or has a name
   *     that is not known
   */
  static SettingsFile read(Path file, Collection<String> storeNames) throws RunException {
    Map<String, Located> settings = new LinkedHashMap<>();
    Map<String, Map<String, Located>> sections =
        Map.of(STORE, new LinkedHashMap<>(), TARGET_STORE, new LinkedHashMap<>());
    Reader reader = new Reader(file);
    YAMLFactory yaml = YAMLFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
    try (JsonParser parser = yaml.createParser(bytes(file))) {
      if (parser.nextToken() != null) {
        reader.map(parser, (name, line) -> {
          if (!sections.containsKey(name)) {
            reader.requireKnown(name, line, Setting.fileKeys());
            reader.value(parser, name, settings);
          } else if (!isNothing(parser)) {
            reader.map(parser, (own, at) -> {
              reader.requireKnown(own, at, storeNames);
              reader.value(parser, own, sections.get(name));
            });
          }
        });
        if (parser.nextToken() != null) {
          throw reader.fault(
              parser.currentTokenLocation().getLineNr(), "starts a second YAML document; keep one");
        }
      }
    } catch (JsonProcessingException e) {
      // The cause is left out on purpose: its message repeats a piece of the file.
      JsonLocation at = e.getLocation();
      throw reader.fault(at == null ? 1 : at.getLineNr(), "is not valid YAML, or has a name twice");
    } catch (IOException e) {
      throw new RunException(
          Kind.USAGE, "configuration " + file + " cannot be read: " + reason(e), e);
    }
    return new SettingsFile(settings, sections.get(STORE), sections.get(TARGET_STORE));
  }

  private static byte[] bytes(Path file) throws IOException {
    // Opening a pipe waits for a writer; a device may never end. A link is followed.
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw new IOException("it is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new IOException("it is longer than " + MAX_BYTES + " bytes");
      }
      return content;
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    return e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
  }

  private static boolean isNothing(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL
        || (parser.currentToken().isScalarValue() && parser.getText().isEmpty());
  }

  /** Is given each name of a map, with the parser at its value. */
  @FunctionalInterface
  private interface Entry {
    void at(String name, int line) throws IOException, RunException;
  }

  /** Reads pieces of one file. */
  private record Reader(Path file) {

    void map(JsonParser parser, Entry entry) throws IOException, RunException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw fault(
            line(parser), "must have names and values, for example repo: s3://bucket/prefix");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        int line = line(parser);
        parser.nextToken();
        entry.at(name, line);
      }
    }

    void value(JsonParser parser, String name, Map<String, Located> into)
        throws IOException, RunException {
      if (!parser.currentToken().isScalarValue()) {
        throw fault(line(parser), "setting \"" + name + "\" must have exactly one value");
      }
      if (!isNothing(parser)) {
        // The text as written, so that a number stays what it was.
        into.put(name, new Located(parser.getText(), new Origin.InFile(file, line(parser))));
      }
    }

    void requireKnown(String name, int line, Collection<String> known) throws RunException {
      if (known.contains(name)) {
        return;
      }
      if (Setting.OPTIONS_ONLY.contains(name)) {
        throw fault(line, "setting \"" + name + "\" can only be an option; give --" + name);
      }
      throw fault(line, "setting \"" + name + "\" is unknown" + NearestName.hint(name, known));
    }

    RunException fault(int line, String what) {
      return new RunException(Kind.USAGE, "configuration " + file + " line " + line + " " + what);
    }

    private static int line(JsonParser parser) {
      return parser.currentTokenLocation().getLineNr();
    }
  }
}
