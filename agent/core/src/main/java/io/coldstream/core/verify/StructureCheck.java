package io.coldstream.core.verify;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoredObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks by listing that every object exists with the right length. */
final class StructureCheck {

  private final Repository repository;
  private final Inventory inventory;

  StructureCheck(Repository repository, Inventory inventory) {
    this.repository = repository;
    this.inventory = inventory;
  }

  /** What is missing or has a wrong length. */
  List<ObjectFault> run(boolean ofOneBackup) throws RunException {
    Set<ObjectName> seen = new HashSet<>();
    List<ObjectFault> faults = new ArrayList<>();
    List<ObjectPrefix> prefixes =
        new ArrayList<>(List.of(Layout.CHUNKS, Layout.INDEX, Layout.ACTIVE));
    if (ofOneBackup) {
      prefixes.addAll(inventory.checkpointFolders());
    } else {
      prefixes.add(Layout.CHECKPOINTS);
    }
    for (ObjectPrefix prefix : prefixes) {
      repository.each(prefix, ListCursor.START, object -> check(object, seen, faults));
    }
    for (WantedObject wanted : inventory.wanted()) {
      ObjectName name = wanted.stored().object();
      if (!seen.contains(name)) {
        faults.add(new ObjectFault(ObjectFault.Kind.MISSING, name, "is missing"));
      }
    }
    return faults;
  }

  private void check(StoredObject object, Set<ObjectName> seen, List<ObjectFault> faults) {
    Optional<WantedObject> wanted = inventory.wanted(object.name());
    if (wanted.isPresent() && seen.add(object.name())) {
      long right = wanted.get().stored().lengthBytes();
      if (right != object.lengthBytes()) {
        faults.add(new ObjectFault(
            ObjectFault.Kind.LENGTH,
            object.name(),
            "is " + object.lengthBytes() + " bytes long, but the manifest says " + right));
      }
    }
  }
}
