package io.coldstream.store.cloud;

import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.Permission;
import java.time.Instant;
import java.util.Optional;

/** Asks for locks and makes them longer, and says which permission is missing where that is denied. */
final class CloudLocks {

  private final CloudDriver driver;
  private final Keys keys;
  private final DriverCalls calls;

  CloudLocks(CloudDriver driver, DriverCalls calls) {
    this.driver = driver;
    this.keys = driver.keys();
    this.calls = calls;
  }

  void extend(ObjectName name, Instant until) throws StoreException {
    try {
      calls.call(Operation.LOCK, keys.shown(name), () -> {
        driver.extend(name, until);
        return name;
      });
    } catch (StoreException e) {
      throw e.kind() == Kind.ACCESS_DENIED
          ? with(e, "; it is denied to make a lock shorter or laxer, and without the permission ")
          : e;
    }
  }

  Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    try {
      return calls.call(Operation.READ_LOCK, keys.shown(name), () -> driver.lockedUntil(name));
    } catch (StoreException e) {
      throw e.kind() == Kind.ACCESS_DENIED ? with(e, "; this needs ", Permission.READ_LOCK) : e;
    }
  }

  /** A put that is denied may lack what the lock of its object needs. */
  StoreException ofPut(NewObject object, StoreException failure) {
    return failure.kind() == Kind.ACCESS_DENIED && object.lockedUntil().isPresent()
        ? with(failure, "; because of the setting lock, this also needs ")
        : failure;
  }

  private StoreException with(StoreException failure, String also) {
    return with(failure, also, Permission.LOCK);
  }

  private StoreException with(StoreException failure, String also, Permission need) {
    return new StoreException(
        failure.kind(),
        failure.getMessage() + also + driver.permission(need),
        failure.getCause(),
        failure.retryAfter());
  }
}
