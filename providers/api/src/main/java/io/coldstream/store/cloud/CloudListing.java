package io.coldstream.store.cloud;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds objects by listing only: every identity is allowed to list, a writer's too, and a listing
 * distinguishes a missing bucket from a missing object, which a HEAD request does not. Thread-safe.
 */
public final class CloudListing {

  private static final int FULL_PAGE = 1000;

  private final CloudDriver driver;
  private final Keys keys;
  private final DriverCalls calls;

  CloudListing(CloudDriver driver, DriverCalls calls) {
    this.driver = driver;
    this.keys = driver.keys();
    this.calls = calls;
  }

  /**
   * Finds one exact name.
   *
   * @param operation the verb that needs it
   * @param name the name
   * @return what the store lists, when it is an object
   * @throws StoreException when the store cannot tell
   */
  public Optional<ListedObject> look(Operation operation, ObjectName name) throws StoreException {
    // The name is the first of the keys that begin with it. A page may be empty, and not the last.
    String key = keys.key(name);
    String shown = keys.shown(name);
    ListingGuard guard = new ListingGuard(operation, shown, "objects");
    Optional<String> token = Optional.empty();
    while (true) {
      KeyQuery query = new KeyQuery(key, Optional.empty(), token, 1);
      KeyPage page = calls.call(operation, shown, () -> driver.list(query));
      if (!page.objects().isEmpty()) {
        return page.objects().stream()
            .filter(object -> object.key().equals(key) && object.isWhole())
            .findFirst();
      }
      token = next(operation, shown, page);
      if (token.isEmpty()) {
        return Optional.empty();
      }
      guard.page(List.of(), token);
    }
  }

  /**
   * Lists what the store has just confirmed.
   *
   * @param name its name
   * @return what the store lists
   * @throws StoreException {@link Kind#UNAVAILABLE} when it does not list it
   */
  public ListedObject confirmed(ObjectName name) throws StoreException {
    return look(Operation.PUT, name)
        .orElseThrow(() -> DriverCalls.failed(
            Operation.PUT,
            keys.shown(name),
            Kind.UNAVAILABLE,
            "the store confirmed the object and does not list it; try again"));
  }

  /**
   * Checks before a long upload that its name is free: only the call that completes it would find out.
   *
   * @param name the name
   * @throws StoreException {@link Kind#ALREADY_EXISTS} when it is not
   */
  public void checkFree(ObjectName name) throws StoreException {
    if (look(Operation.PUT, name).isPresent()) {
      throw taken(name);
    }
  }

  /**
   * Checks after a create without a condition that no other writer has replaced the object.
   *
   * @param name the name
   * @param version what the store called the version that it confirmed
   * @throws StoreException {@link Kind#ALREADY_EXISTS} when another version is there
   */
  void checkOurs(ObjectName name, String version) throws StoreException {
    if (!confirmed(name).stored(name).version().equals(version)) {
      throw DriverCalls.failed(
          Operation.PUT,
          keys.shown(name),
          Kind.ALREADY_EXISTS,
          "another writer created the same object at the same time; let only one write here");
    }
  }

  /**
   * Settles the failure of a call that creates an object. An identity that may create but not delete,
   * and so not replace, may be denied when the name already exists.
   *
   * @param name the object's name
   * @param failure what the call failed with
   * @return {@link Kind#ALREADY_EXISTS} when it was denied and the name exists, else {@code failure}
   */
  public StoreException settled(ObjectName name, StoreException failure) {
    if (failure.kind() != Kind.ACCESS_DENIED || Thread.currentThread().isInterrupted()) {
      return failure;
    }
    try {
      return look(Operation.PUT, name).isPresent() ? taken(name) : failure;
    } catch (StoreException e) {
      failure.addSuppressed(e);
      return failure;
    }
  }

  StoreException taken(ObjectName name) {
    return DriverCalls.failed(
        Operation.PUT, keys.shown(name), Kind.ALREADY_EXISTS, "the name is taken");
  }

  /**
   * One page. Some stores cannot start after a name, or start at it: names before it are left out.
   * Such pages may be empty, and the next one's cursor keeps the name.
   */
  ListPage page(ObjectPrefix prefix, ListCursor from) throws StoreException {
    String shown = keys.shown() + prefix;
    KeyQuery query =
        new KeyQuery(keys.key(prefix), from.after().map(keys::key), from.token(), FULL_PAGE);
    KeyPage page = calls.call(Operation.LIST, shown, () -> driver.list(query));
    Optional<ObjectName> after = driver.traits().listsAfter() ? Optional.empty() : from.after();
    List<StoredObject> objects = new ArrayList<>();
    Map<ObjectName, Instant> times = new HashMap<>();
    int foreign = 0;
    for (ListedObject object : page.objects()) {
      if (!object.isWhole() || keys.isFolderMark(object.key())) {
        continue;
      }
      Optional<ObjectName> name = keys.name(object.key());
      if (name.isEmpty()) {
        foreign++;
      } else if (after.isEmpty() || name.get().compareTo(after.get()) > 0) {
        objects.add(object.stored(name.get()));
        object.created().ifPresent(time -> times.put(name.get(), time));
      }
    }
    List<String> listed = page.objects().stream().map(ListedObject::key).toList();
    Optional<String> token = next(Operation.LIST, shown, page);
    return new ListPage(objects, times, ListingGuard.next(shown, from, listed, token), foreign);
  }

  private static Optional<String> next(Operation operation, String shown, KeyPage page)
      throws StoreException {
    if (page.more() && page.next().isEmpty()) {
      throw DriverCalls.failed(
          operation, shown, Kind.REJECTED, "the store says that there is more, but not where");
    }
    return page.next();
  }
}
