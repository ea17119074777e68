package io.coldstream.store.testkit;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.http.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How an adapter's store words its answers, for contracts that are about odd servers. */
public interface ScriptedServer {

  /** The object that contracts read and put. */
  ObjectName NAME = new ObjectName("chunks/a");

  /**
   * Opens a store, bare, on the prefix {@code p}.
   *
   * @param server where it listens
   * @param timeout the setting of that name
   * @return the store; the contract closes it
   * @throws Exception when it cannot be opened; fails the test
   */
  ObjectStore open(URI server, Duration timeout) throws Exception;

  /**
   * An answer to a listing.
   *
   * @param token the mark for the next page; empty on the last one
   * @param names the objects in it, in this order
   * @return the answer
   */
  Answer page(Optional<String> token, String... names);

  /**
   * An answer to a read of a whole object.
   *
   * @param content what is in it
   * @return the answer
   */
  Answer object(String content);

  /**
   * An answer to a put of a small object.
   *
   * @param content what was sent
   * @return the answer
   */
  Answer created(String content);
}
