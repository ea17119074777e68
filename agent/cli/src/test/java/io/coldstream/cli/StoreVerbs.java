package io.coldstream.cli;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.Opened;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The verbs through the adapter, as this process may.
 *
 * @param url of the repository
 */
record StoreVerbs(String url) implements IdentitiesEndToEnd.Verbs {

  /** Something done with a store. */
  private interface Verb {
    void in(ObjectStore store) throws IOException;
  }

  private boolean done(Verb verb) throws IOException {
    try (ObjectStore store = Opened.store(url, Map.of())) {
      verb.in(store);
      return true;
    } catch (StoreException e) {
      if (e.kind() != Kind.ACCESS_DENIED) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public boolean reads(String name) throws IOException {
    return done(store -> {
      try (ObjectContent content =
          store.read(new ObjectName(name), ByteRange.WHOLE, Optional.empty())) {
        content.stream().readAllBytes();
      }
    });
  }

  @Override
  public boolean creates(String name) throws IOException {
    return done(store -> store.put(
        new PutRequest(new ObjectName(name), Content.of(new byte[10]), Placement.STANDARD)));
  }

  @Override
  public boolean removes(String name) throws IOException {
    return done(store -> store.delete(List.of(new ObjectName(name))));
  }
}
