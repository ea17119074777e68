package io.coldstream.core.doctor;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Creates objects under names that some layer on the way might read in its own way.
 *
 * @param readBack whether the identity may also read them
 */
record NamesCheck(Scratch scratch, boolean readBack) implements Check {

  private static final List<String> ODD = List.of(
      "odd/space and+plus, 100%25, a%2Fb",
      "odd/é-\u4e2d\u6587-😀'(&;=@#)",
      "odd/" + "long".repeat(ObjectName.MAX_COMPONENT_BYTES / 4) + "/" + "x".repeat(150));

  @Override
  public String name() {
    return "odd names";
  }

  @Override
  public Permission need() {
    return Permission.CREATE;
  }

  @Override
  public CheckResult run() throws IOException {
    for (String odd : ODD) {
      byte[] content = odd.getBytes(StandardCharsets.UTF_8);
      ObjectName name = scratch.name(odd);
      scratch.create(name, Content.of(content), Placement.STANDARD);
      boolean listed =
          scratch.all(scratch.prefix()).stream().map(StoredObject::name).anyMatch(name::equals);
      if (!listed || (readBack && !Arrays.equals(content, Reading.bytes(scratch.store(), name)))) {
        return CheckResult.misbehaves(
            name(),
            "an object is not found again under its name \"" + odd + "\"",
            "look for a proxy on the way that rewrites paths");
      }
    }
    return CheckResult.passed(
        name(), "spaces, signs, other scripts and long names stay as they are");
  }
}
