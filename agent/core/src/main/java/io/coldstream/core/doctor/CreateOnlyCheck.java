package io.coldstream.core.doctor;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.Optional;

/** Creates a name twice: the second must be refused, and the first untouched. */
record CreateOnlyCheck(Scratch scratch) implements Check {

  private static final int FIRST_BYTES = 100;
  private static final int SECOND_BYTES = 200;

  @Override
  public String name() {
    return "create only";
  }

  @Override
  public Permission need() {
    return Permission.CREATE;
  }

  @Override
  public CheckResult run() throws IOException {
    ObjectName name = scratch.name("twice");
    scratch.create(name, Content.of(new byte[FIRST_BYTES]), Placement.STANDARD);
    try {
      scratch
          .store()
          .put(new PutRequest(name, Content.of(new byte[SECOND_BYTES]), Placement.STANDARD));
    } catch (StoreException e) {
      if (e.kind() != Kind.ALREADY_EXISTS) {
        throw e;
      }
      return untouched(name);
    }
    return CheckResult.misbehaves(
        name(), "a name that is taken was given away again", Advice.UNFIT);
  }

  private CheckResult untouched(ObjectName name) throws StoreException {
    Optional<StoredObject> there = scratch.store().stat(name);
    return there.filter(o -> o.lengthBytes() == FIRST_BYTES).isPresent()
        ? CheckResult.passed(name(), "a second create of a name is refused")
        : CheckResult.misbehaves(
            name(), "a second create was refused, and yet has changed the object", Advice.UNFIT);
  }
}
