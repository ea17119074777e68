package io.coldstream.core.doctor;

import io.coldstream.core.repository.Layout;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Which parts of a repository an identity may read: found out on an object that is there, otherwise by
 * a name that is not, so that nothing need be created.
 */
final class Areas {

  /** What a writer reads too, beside {@code coldstream.json}. */
  static final List<ObjectPrefix> ABOUT_BACKUPS =
      List.of(Layout.MANIFESTS, Layout.PAGES, Layout.PROGRESS);

  /** What a writer must not read. */
  static final List<ObjectPrefix> DATA = List.of(Layout.CHUNKS, Layout.INDEX, Layout.ACTIVE);

  private final Scratch scratch;
  private final boolean permissionFirst;

  /** What a look showed. */
  enum Access {
    /** Reading is allowed. */
    ALLOWED,
    /** Reading is denied. */
    DENIED,
    /** There is nothing to read, and this store does not tell without. */
    UNTOLD
  }

  /** A look into one part. */
  interface Look {
    Access look() throws IOException;
  }

  Areas(Scratch scratch, boolean permissionFirst) {
    this.scratch = scratch;
    this.permissionFirst = permissionFirst;
  }

  boolean permissionFirst() {
    return permissionFirst;
  }

  Access of(ObjectPrefix area) throws IOException {
    Optional<ObjectName> there = scratch.store().list(area, ListCursor.START).objects().stream()
        .filter(o -> o.lengthBytes() > 0)
        .map(o -> o.name())
        .findFirst();
    return there.isPresent() ? of(there.get()) : of(absent(area));
  }

  Access of(ObjectName name) throws IOException {
    try {
      Reading.bytes(scratch.store(), name, ByteRange.of(0, 1), Optional.empty());
      return Access.ALLOWED;
    } catch (StoreException e) {
      return switch (e.kind()) {
        case ACCESS_DENIED -> Access.DENIED;
        case NOT_FOUND -> permissionFirst ? Access.ALLOWED : Access.UNTOLD;
        case ALREADY_EXISTS, CORRUPT, REJECTED, UNAVAILABLE, SOURCE_UNREADABLE -> throw e;
      };
    }
  }

  /** A name under a prefix that nobody has. */
  ObjectName absent(ObjectPrefix area) {
    String run = scratch.prefix().value().replace('/', '-');
    return ObjectName.in(area, run + "none");
  }
}
