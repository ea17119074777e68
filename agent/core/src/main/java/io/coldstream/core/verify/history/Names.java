package io.coldstream.core.verify.history;

import io.coldstream.core.repository.Layout;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import java.util.Locale;
import java.util.OptionalLong;

/** The object names of results and of the parts of divided runs. */
final class Names {

  /** The results, by their numbers. */
  static final ObjectPrefix RESULTS = new ObjectPrefix(Layout.VERIFICATIONS.value() + "results/");

  private static final String PARTS = Layout.VERIFICATIONS.value() + "parts/";

  private Names() {}

  static ObjectName result(long number) {
    return ObjectName.in(RESULTS, String.format(Locale.ROOT, "%012d.json", number));
  }

  /** The number of a result; empty when the name is not that of one. */
  static OptionalLong number(ObjectName name) {
    String last = name.lastComponent();
    return name.equals(ObjectName.in(RESULTS, last)) && last.matches("\\d{12}\\.json")
        ? OptionalLong.of(Long.parseLong(last.substring(0, 12)))
        : OptionalLong.empty();
  }

  /** The folder of a divided run. */
  static ObjectPrefix parts(String run) {
    return new ObjectPrefix(PARTS + run + "/");
  }

  static ObjectName plan(String run) {
    return ObjectName.in(parts(run), "plan.json");
  }

  static ObjectName part(String run, int shard) {
    return ObjectName.in(parts(run), String.format(Locale.ROOT, "%06d.json", shard));
  }

  /** Whether an object belongs to a divided run. */
  static boolean isOfPart(ObjectName name) {
    return name.value().startsWith(PARTS);
  }
}
