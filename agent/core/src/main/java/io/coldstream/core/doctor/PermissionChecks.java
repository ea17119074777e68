package io.coldstream.core.doctor;

import io.coldstream.core.doctor.Check.Attempt;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.Placement;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tries what an identity must be allowed, and what it must be denied.
 *
 * @param permissions the provider's name of a permission
 * @param permissionFirst whether the store denies a request also for a name that does not exist, so
 *     that nothing need be created to try a permission
 */
record PermissionChecks(
    Scratch scratch, Function<Permission, String> permissions, boolean permissionFirst) {

  private static final int BYTES = 100;
  private static final String DENIED = "denied, as it must be";
  private static final String NOTHING_YET = "there is nothing to read yet";
  private static final String LOCKED =
      "look for a lock, a retention rule or a legal hold; nothing could be removed";

  private enum Access {
    ALLOWED,
    DENIED,
    /** There is nothing to read, and this store does not tell by a name that does not exist. */
    UNKNOWN
  }

  /** Reads an object that the identity needs. */
  Attempt read(ObjectName name) {
    return check -> mayRead(check, name.value(), access(name));
  }

  /** Reads in an area of the repository that the identity needs. */
  Attempt read(ObjectPrefix area) {
    return check -> mayRead(check, area.value(), access(area));
  }

  private CheckResult mayRead(Check check, String area, Access access) {
    return switch (access) {
      case ALLOWED -> check.passed("allowed");
      case UNKNOWN -> check.skipped(NOTHING_YET);
      case DENIED ->
        check.failed(
            Kind.NO_ACCESS,
            "denied",
            "give this identity, for " + area + ": " + permissions.apply(Permission.READ));
    };
  }

  /** Tries to read in an area of the repository that the identity must not read. */
  Attempt neverRead(ObjectPrefix area) {
    return check -> switch (access(area)) {
      case DENIED -> check.passed(DENIED);
      case UNKNOWN -> check.skipped(NOTHING_YET);
      case ALLOWED ->
        check.failed(
            Kind.NO_ACCESS,
            "this identity may read what it must not",
            "take from it, for " + area + ": " + permissions.apply(Permission.READ));
    };
  }

  private Access access(ObjectPrefix area) throws IOException {
    Optional<ObjectName> there = scratch.store().list(area, ListCursor.START).objects().stream()
        .filter(o -> o.lengthBytes() > 0)
        .map(StoredObject::name)
        .findFirst();
    return access(there.orElseGet(() -> absent(area)));
  }

  private Access access(ObjectName name) throws IOException {
    try {
      scratch.read(name, ByteRange.of(0, 1), Optional.empty());
      return Access.ALLOWED;
    } catch (StoreException e) {
      return switch (e.kind()) {
        case ACCESS_DENIED -> Access.DENIED;
        case NOT_FOUND -> permissionFirst ? Access.ALLOWED : Access.UNKNOWN;
        case ALREADY_EXISTS, CORRUPT, LOCKED, REJECTED, UNAVAILABLE, SOURCE_UNREADABLE -> throw e;
      };
    }
  }

  /** A name under a prefix that nobody has. */
  private ObjectName absent(ObjectPrefix area) {
    return ObjectName.in(area, scratch.prefix().value().replace('/', '-') + "none");
  }

  /** Tries to create an object, which the identity must not. */
  CheckResult neverCreate(Check check) throws IOException {
    ObjectName name = scratch.name("must-not-be");
    try {
      scratch.create(name, Content.of(new byte[BYTES]), Placement.STANDARD);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ACCESS_DENIED) {
        throw e;
      }
      scratch.forget(name);
      return check.passed(DENIED);
    }
    return check.failed(
        Kind.NO_ACCESS,
        "this identity may create objects, which it must not",
        "take from it: " + permissions.apply(Permission.CREATE));
  }

  /** Removes an object of this run, and looks that it is gone. */
  CheckResult deleteOwn(Check check) throws IOException {
    ObjectName name = scratch.samples().get(0).name();
    try {
      scratch.store().delete(List.of(name));
    } catch (StoreException e) {
      return locked(check, e);
    }
    boolean there = scratch.store().stat(name).isPresent()
        || scratch.all(scratch.prefix()).stream().anyMatch(o -> o.name().equals(name));
    return there
        ? check.misbehaves("an object is still there after it was removed", LOCKED)
        : check.passed("removed objects are gone");
  }

  /** Removes what the doctors of writers left behind, which also proves that the identity may. */
  CheckResult deleteLeftovers(Check check) throws IOException {
    List<ObjectName> left =
        scratch.all(Layout.DOCTOR).stream().map(StoredObject::name).toList();
    if (left.isEmpty()) {
      scratch.store().delete(List.of(absent(scratch.prefix())));
      return permissionFirst
          ? check.passed("allowed")
          : check.skipped("there is no object of a doctor to remove");
    }
    try {
      scratch.store().delete(left);
    } catch (StoreException e) {
      return locked(check, e);
    }
    return scratch.all(Layout.DOCTOR).stream().map(StoredObject::name).anyMatch(left::contains)
        ? check.misbehaves("objects are still there after they were removed", LOCKED)
        : check.passed(left.size() + " objects that doctors had left behind are removed");
  }

  /** Whoever is told that a lock keeps an object may remove objects. */
  private static CheckResult locked(Check check, StoreException e) throws StoreException {
    if (e.kind() != StoreException.Kind.LOCKED) {
      throw e;
    }
    return check.warning(
        "allowed, but a lock, a retention rule or a hold keeps objects: " + e.getMessage(),
        "what a doctor created can be removed when that has ended");
  }

  /** Tries to remove an object of this run, or a name that does not exist. */
  CheckResult neverDelete(Check check) throws IOException {
    boolean ours = scratch.isUsed() && !scratch.samples().isEmpty();
    ObjectName name = ours ? scratch.samples().get(0).name() : absent(scratch.prefix());
    try {
      scratch.store().delete(List.of(name));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.ACCESS_DENIED) {
        return check.passed(DENIED);
      }
      throw e;
    }
    if (!ours && !permissionFirst) {
      return check.skipped("there is no object of this run to try it on");
    }
    return check.failed(
        Kind.NO_ACCESS,
        "this identity may remove objects, which it must not",
        "take from it: " + permissions.apply(Permission.DELETE));
  }
}
