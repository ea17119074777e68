package io.coldstream.core.copy;

import io.coldstream.core.repository.Layout;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.Placement;

/** Objects that are copied together. The groups are copied in this order, as a backup sends them. */
public enum Group {
  /** The small files. */
  CHECKPOINTS(Layout.CHECKPOINTS),
  INDEX(Layout.INDEX),
  /** Completed chunks. */
  CHUNKS(Layout.CHUNKS),
  /** Segments of active chunks. */
  ACTIVE(Layout.ACTIVE),
  /** File entries; they refer to all the others. */
  PAGES(Layout.PAGES);

  private final ObjectPrefix prefix;

  Group(ObjectPrefix prefix) {
    this.prefix = prefix;
  }

  /** Where the objects are. */
  ObjectPrefix prefix() {
    return prefix;
  }

  /** How one of them is to be stored. */
  Placement placement(ObjectName name) {
    boolean map = name.lastComponent().startsWith(IndexMap.FILE_NAME + "-");
    return this == CHUNKS || (this == INDEX && !map) ? Placement.BULK : Placement.STANDARD;
  }

  /**
   * The group of an object.
   *
   * @param name its name, under one of the prefixes
   * @return its group
   * @throws IllegalArgumentException when a backup has no such object
   */
  static Group of(ObjectName name) {
    for (Group group : values()) {
      if (group.prefix.holds(name)) {
        return group;
      }
    }
    throw new IllegalArgumentException(name + " is not the object of a file");
  }
}
