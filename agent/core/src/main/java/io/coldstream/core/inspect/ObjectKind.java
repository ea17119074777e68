package io.coldstream.core.inspect;

import io.coldstream.core.repository.Layout;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import java.util.Optional;

/** What an object of a repository is, by its name. */
public enum ObjectKind {
  /** Completed chunks. */
  CHUNKS(Optional.of(Layout.CHUNKS)),
  /** Segments of active chunks. */
  ACTIVE(Optional.of(Layout.ACTIVE)),
  /** Index maps, tables and Bloom filters. */
  INDEX(Optional.of(Layout.INDEX)),
  /** Checkpoints. */
  CHECKPOINTS(Optional.of(Layout.CHECKPOINTS)),
  /** File entries of manifests. */
  PAGES(Optional.of(Layout.PAGES)),
  /** Backups. */
  MANIFESTS(Optional.of(Layout.MANIFESTS)),
  /** Notes of what a run has stored so far. */
  PROGRESS(Optional.of(Layout.PROGRESS)),
  /** Anything else, such as {@code coldstream.json}. */
  OTHER(Optional.empty());

  private final Optional<ObjectPrefix> prefix;

  ObjectKind(Optional<ObjectPrefix> prefix) {
    this.prefix = prefix;
  }

  /** The kind of an object. */
  static ObjectKind of(ObjectName name) {
    for (ObjectKind kind : values()) {
      if (kind.prefix.isPresent() && kind.prefix.get().holds(name)) {
        return kind;
      }
    }
    return OTHER;
  }
}
