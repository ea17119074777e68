package io.coldstream.store;

import java.util.Set;

/**
 * A kind of store, found by {@link java.util.ServiceLoader}: what an adapter module registers.
 * Implementations have a public constructor without arguments, and making one costs nothing.
 */
public interface StoreProvider {

  /**
   * The scheme of its URLs.
   *
   * @return for instance {@code s3}
   */
  String scheme();

  /**
   * The settings that it knows beside the common ones of {@link StoreSettings}.
   *
   * @return their names
   */
  Set<String> settingNames();

  /**
   * Opens a store without asking it anything yet.
   *
   * @param url where it is
   * @param settings how to use it; holds no unknown name
   * @param tools what it works with
   * @return the bare store: no retrying, no other decorator
   * @throws StoreException {@link StoreException.Kind#REJECTED} when the URL or a setting's value is
   *     wrong; the message names it
   */
  ObjectStore open(StoreUrl url, StoreSettings settings, StoreTools tools) throws StoreException;
}
