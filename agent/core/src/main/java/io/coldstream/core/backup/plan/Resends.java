package io.coldstream.core.backup.plan;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The objects of {@code --resend}, and which of them the capture has. */
final class Resends {

  private static final List<ObjectPrefix> POSSIBLE =
      List.of(Layout.CHUNKS, Layout.INDEX, Layout.ACTIVE, Layout.CHECKPOINTS, Layout.PAGES);

  private final Set<ObjectName> wanted;
  private final Set<ObjectName> met = new HashSet<>();

  Resends(Set<ObjectName> wanted) throws RunException {
    this.wanted = wanted;
    for (ObjectName name : wanted) {
      if (POSSIBLE.stream().noneMatch(prefix -> prefix.holds(name))) {
        throw new RunException(
            RunException.Kind.USAGE,
            name + ": cannot be uploaded again from a node; give --resend the name of an object"
                + " that verify printed");
      }
    }
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  boolean wants(ObjectName name) {
    return wanted.contains(name);
  }

  /** Whether any wanted object is in a folder. */
  boolean wantsAnyIn(String folder) {
    return wanted.stream().anyMatch(name -> name.value().startsWith(folder));
  }

  /** Notes an object that this backup uses. It may be a copy of a damaged one. */
  void note(ObjectName used) {
    for (ObjectName name : wanted) {
      if (used.equals(name) || used.value().startsWith(name.value() + "-")) {
        met.add(name);
      }
    }
  }

  /** Marks every wanted object in a folder as found. */
  void markFolderFound(String folder) {
    wanted.stream().filter(name -> name.value().startsWith(folder)).forEach(met::add);
  }

  /** Refuses when this node does not have the file of a wanted object. */
  void requireAllFound() throws RunException {
    Set<ObjectName> missing = new TreeSet<>(wanted);
    missing.removeAll(met);
    if (!missing.isEmpty()) {
      throw new RunException(
          RunException.Kind.SOURCE_REFUSED,
          "this node no longer has the file of " + missing
              + ", so it cannot be uploaded again; try another node of the cluster. Backups that"
              + " do not use it are not affected");
    }
  }
}
