package io.coldstream.core.verify.history;

import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Finds results that newer ones have made superfluous, and the parts of divided runs. */
public final class Superseded {

  private Superseded() {}

  /**
   * Finds them by their names.
   *
   * @param names objects of verifications
   * @param kept how many of the newest results are not among them
   * @return the older results, and all parts; parts are joined soon after the last one is stored
   */
  public static List<ObjectName> of(Collection<ObjectName> names, int kept) {
    TreeMap<Long, ObjectName> results = new TreeMap<>();
    List<ObjectName> superseded = new ArrayList<>();
    for (ObjectName name : names) {
      if (Names.number(name).isPresent()) {
        results.put(Names.number(name).getAsLong(), name);
      } else if (Names.isOfPart(name)) {
        superseded.add(name);
      }
    }
    superseded.addAll(
        new ArrayList<>(results.values()).subList(0, Math.max(0, results.size() - kept)));
    return superseded;
  }
}
