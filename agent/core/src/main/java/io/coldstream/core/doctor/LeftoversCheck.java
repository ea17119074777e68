package io.coldstream.core.doctor;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a writer's doctor left behind: its names tell what they must hold. Gives the checks that
 * follow something to read.
 */
record LeftoversCheck(Scratch scratch) implements Check {

  private static final Pattern TELLING = Pattern.compile("(small|parts|resumed)-([0-9a-f]{16})");
  private static final int MAX_BYTES = 16 << 20;
  private static final int MAX_OBJECTS = 4;

  @Override
  public String name() {
    return "read what a writer sent";
  }

  @Override
  public Permission need() {
    return Permission.READ;
  }

  @Override
  public CheckResult run() throws IOException {
    List<StoredObject> telling = scratch.all(Layout.DOCTOR).stream()
        .filter(o -> o.lengthBytes() <= MAX_BYTES && matcher(o.name()).matches())
        .sorted((a, b) -> Long.compare(a.lengthBytes(), b.lengthBytes()))
        .limit(MAX_OBJECTS)
        .toList();
    for (StoredObject object : telling) {
      byte[] bytes = Reading.bytes(scratch.store(), object.name());
      Matcher name = matcher(object.name());
      if (!name.matches() || !Sha256.of(bytes).first16().equals(name.group(2))) {
        return CheckResult.misbehaves(
            name(), object.name() + " is not what its writer sent", Advice.FRAMING);
      }
      if (name.group(1).equals("small")) {
        scratch.add(new Sample(object, bytes));
      }
    }
    return telling.isEmpty()
        ? CheckResult.skipped(name(), Advice.NOTHING_TO_READ)
        : CheckResult.passed(name(), telling.size() + " objects are what their writer sent");
  }

  private static Matcher matcher(ObjectName name) {
    return TELLING.matcher(name.lastComponent());
  }
}
