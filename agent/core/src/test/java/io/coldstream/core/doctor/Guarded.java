package io.coldstream.core.doctor;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import io.coldstream.store.testkit.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiPredicate;

/** A store with permissions: asks for each verb and name, before it looks whether it is there. */
final class Guarded extends Altered {

  private final BiPredicate<Verb, String> allowed;

  Guarded(ObjectStore behind, BiPredicate<Verb, String> allowed) {
    super(behind);
    this.allowed = allowed;
  }

  /** As the provider's page gives it to a writer. */
  static Guarded writer(ObjectStore behind) {
    return new Guarded(behind, (verb, name) -> switch (verb) {
      case STAT, LIST, PUT, EXTEND, SWEEP -> true;
      case LOCKED_UNTIL, DELETE -> false;
      case READ -> name.matches("coldstream\\.json|(manifests|pages|progress)/.*");
    });
  }

  static Guarded restorer(ObjectStore behind) {
    return new Guarded(behind, (verb, name) -> switch (verb) {
      case STAT, LIST, READ, LOCKED_UNTIL -> true;
      case DELETE, PUT, EXTEND, SWEEP -> false;
    });
  }

  static Guarded pruner(ObjectStore behind) {
    return new Guarded(behind, (verb, name) -> verb != Verb.PUT);
  }

  private void ask(Verb verb, String name) throws StoreException {
    if (!allowed.test(verb, name)) {
      throw new StoreException(Kind.ACCESS_DENIED, verb + " " + name + ": denied", null);
    }
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    ask(Verb.STAT, name.value());
    return super.stat(name);
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    ask(Verb.LIST, prefix.value());
    return super.list(prefix, from);
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    ask(Verb.READ, name.value());
    return super.read(name, range, version);
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    ask(Verb.PUT, request.name().value());
    return super.put(request);
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    ask(Verb.EXTEND, name.value());
    super.extend(name, until);
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    ask(Verb.LOCKED_UNTIL, name.value());
    return super.lockedUntil(name);
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    for (ObjectName name : names) {
      ask(Verb.DELETE, name.value());
    }
    super.delete(names);
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    ask(Verb.SWEEP, prefix.value());
    return super.sweep(prefix, olderThan);
  }
}
