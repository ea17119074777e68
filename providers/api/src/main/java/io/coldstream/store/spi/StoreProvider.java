package io.coldstream.store.spi;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * What its URLs look like, for help.
   *
   * @return for instance {@code s3://bucket/prefix}
   */
  String urlForm();

  /**
   * The variables of the environment that may hold or name credentials.
   *
   * @return their names, in the order in which help shows them
   */
  List<String> credentialVariables();

  /**
   * What variables of the environment set for its connections: proxies and trusted certificates.
   *
   * @param environment names and values; an empty value counts as not set
   * @return what holds, without secrets; empty for a store that is not on the network
   */
  List<NetworkFact> networkFacts(Map<String, String> environment);

  /**
   * The same provider for another identity, in a process that works with two.
   *
   * @param variables names out of {@link #credentialVariables()} and their values; may be secrets.
   *     Credentials come from these alone: what the process's environment has under any of the names
   *     does not count. Everything else, such as proxies, is as before
   * @return the provider
   */
  StoreProvider withCredentials(Map<String, String> variables);

  /**
   * The setting that names the key under which new objects are encrypted.
   *
   * @return its name; empty where there is no such setting
   */
  Optional<String> keySetting();

  /**
   * How a person reads an object without Coldstream.
   *
   * @return the lines for {@code RESTORE.txt}
   */
  ManualRead manualRead();

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

  /**
   * Asks a place about itself, for people. It changes nothing. What this identity may not ask, or
   * this store does not tell, is {@link StoreFact.Severity#UNKNOWN} and no failure.
   *
   * @param url where it is
   * @param settings how to use it; holds no unknown name
   * @return its report
   * @throws StoreException when it cannot be asked anything: the settings are wrong, there are no
   *     credentials, it cannot be reached
   */
  StoreReport inspect(StoreUrl url, StoreSettings settings) throws StoreException;

  /**
   * What a permission is called where it is given.
   *
   * @param need what must be allowed
   * @return the provider's own words for it, such as {@code s3:GetObject}
   */
  String permission(Permission need);
}
