package io.coldstream.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.OwnAuthority;
import io.coldstream.store.testkit.http.RawServer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A store that a test opens in a network of its own, and how its provider words an answer. */
interface NetworkedStore {

  /** A host that only a proxy can find. */
  String HOST = "store.test";

  /** The object that is put. */
  ObjectName NAME = new ObjectName("a");

  /**
   * Opens a bare store with credentials that need no token service.
   *
   * @param environment the variables of the environment
   * @param endpoint scheme, host and port of the server
   * @param settings further settings
   * @param tools what the store works with
   * @return the store
   * @throws StoreException as the provider says
   */
  ObjectStore open(
      Map<String, String> environment, URI endpoint, Map<String, String> settings, StoreTools tools)
      throws StoreException;

  /** Opens a store that has nobody to warn. */
  default ObjectStore open(
      Map<String, String> environment, URI endpoint, Map<String, String> settings)
      throws StoreException {
    return open(environment, endpoint, settings, StoreTools.NONE);
  }

  /**
   * A listing of nothing.
   *
   * @return as the provider words it
   */
  Answer emptyListing();

  /** A server for every host behind a proxy. */
  default RawServer server() throws IOException {
    return new RawServer(line -> emptyListing(), OwnAuthority.get().context());
  }

  static void list(ObjectStore store) throws StoreException {
    assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
  }

  static StoreException failure(ThrowingCallable call) {
    StoreException failure = catchThrowableOfType(StoreException.class, call);
    assertThat(failure).as("it did not fail").isNotNull();
    return failure;
  }
}
