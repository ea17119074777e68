package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.DigestedJson;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.store.ObjectName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a prune removes: {@code manifests/condemned-<run>-<n>.json}. Its backups are removed at once. Its
 * objects are removed by a later prune, and until this document is gone, no backup may rely on one of
 * them that the newest manifest does not name, nor store one again under the same name.
 *
 * @param repository id of the repository
 * @param time when it was written, by the clock of the machine; for people
 * @param backups numbers of backups
 * @param objects objects that no backup needed
 */
public record Condemnation(
    String repository, Instant time, List<Long> backups, List<ObjectName> objects) {

  /** The most objects of a document: with the longest usual names it has a third of the most bytes. */
  public static final int MAX_OBJECTS = 40_000;

  private static final Pattern NAME =
      Pattern.compile(Pattern.quote(Layout.MANIFESTS.value() + "condemned-")
          + "([0-9a-z]{26}-\\d{4})\\.(json|done)");

  /** Copies the lists. */
  public Condemnation {
    backups = List.copyOf(backups);
    objects = List.copyOf(objects);
  }

  /**
   * The name of a document.
   *
   * @param run the id of the prune
   * @param number which document of it, from 1; 0 for the one without content that tells the store's time
   * @return its name; it follows those of all manifests
   */
  public static ObjectName name(String run, int number) {
    return ObjectName.in(
        Layout.MANIFESTS, String.format(Locale.ROOT, "condemned-%s-%04d.json", run, number));
  }

  /**
   * The name of the object that says that a document was carried out.
   *
   * @param document the name of the document
   * @return the name
   */
  public static ObjectName done(ObjectName document) {
    String name = document.value();
    return new ObjectName(name.substring(0, name.lastIndexOf('.')) + ".done");
  }

  /**
   * The document that an object says to be carried out.
   *
   * @param done the name of such an object
   * @return the document's name
   */
  public static ObjectName ofDone(ObjectName done) {
    String name = done.value();
    return new ObjectName(name.substring(0, name.lastIndexOf('.')) + ".json");
  }

  /**
   * Whether a name is that of a document.
   *
   * @param name an object
   * @return true for a document
   */
  public static boolean isDocument(ObjectName name) {
    return ending(name).equals(Optional.of("json"));
  }

  /**
   * Whether a name says that a document was carried out.
   *
   * @param name an object
   * @return true for such an object
   */
  public static boolean isDone(ObjectName name) {
    return ending(name).equals(Optional.of("done"));
  }

  private static Optional<String> ending(ObjectName name) {
    Matcher matcher = NAME.matcher(name.value());
    return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
  }

  /** {@return the JSON document} */
  public byte[] bytes() {
    return DigestedJson.write(this);
  }

  static Condemnation read(byte[] bytes, ObjectName name, String repository)
      throws FormatException {
    Condemnation read = DigestedJson.read(bytes, name.value(), Condemnation.class);
    if (!read.repository.equals(repository)) {
      throw new FormatException(name + " belongs to another repository");
    }
    return read;
  }
}
