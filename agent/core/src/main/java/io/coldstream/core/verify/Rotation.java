package io.coldstream.core.verify;

import io.coldstream.core.verify.history.Coverage;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The next share of all objects, in the order of their names from the cursor on. It ends at the latest
 * with the last object, after which the next rotation begins. Objects are read whole, since their
 * digests are of whole objects: what a share reads beyond its bytes, the next ones of the rotation
 * read less.
 *
 * @param objects at least one, unless there is none
 * @param stretch what they cover
 */
record Rotation(List<WantedObject> objects, Stretch stretch) {

  Rotation {
    objects = List.copyOf(objects);
  }

  /**
   * Chooses the next share.
   *
   * @param all what can be read, in the order of names
   */
  static Rotation next(List<WantedObject> all, Coverage coverage, SampleSize size) {
    List<WantedObject> rest = all.stream()
        .filter(
            o -> coverage.cursor().map(cursor -> name(o).compareTo(cursor) > 0).orElse(true))
        .toList();
    boolean again = rest.isEmpty();
    Optional<ObjectName> after = again ? Optional.empty() : coverage.cursor();
    long ahead = after.isPresent() ? coverage.aheadBytes() : 0;
    List<WantedObject> left = again ? all : rest;
    long share = size.of(ContentCheck.bytes(all));
    List<WantedObject> objects = new ArrayList<>();
    long bytes = 0;
    while (objects.size() < left.size() && (objects.isEmpty() || bytes < share - ahead)) {
      bytes += left.get(objects.size()).stored().lengthBytes();
      objects.add(left.get(objects.size()));
    }
    if (objects.size() == left.size()) {
      return new Rotation(objects, new Stretch(after, Optional.empty(), 0));
    }
    return new Rotation(
        objects,
        new Stretch(
            after,
            Optional.of(name(objects.get(objects.size() - 1))),
            Math.min(share, Math.max(0, ahead + bytes - share))));
  }

  private static ObjectName name(WantedObject object) {
    return object.stored().object();
  }
}
