package io.coldstream.store.spi;

import io.coldstream.store.Names;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;

/** Refuses a value that a person wrote: the message names where it is, never the value. */
public final class Refusals {

  private Refusals() {}

  /**
   * Refuses a setting.
   *
   * @param name its name
   * @param why what it must be, as the rest of the sentence
   * @return what to throw, {@link Kind#REJECTED}
   */
  public static StoreException setting(String name, String why) {
    return new StoreException(Kind.REJECTED, "setting " + Names.quoted(name) + " " + why, null);
  }

  /**
   * Refuses the URL of a repository.
   *
   * @param why what is wrong with it
   * @return what to throw, {@link Kind#REJECTED}
   */
  public static StoreException url(String why) {
    return new StoreException(Kind.REJECTED, "repository URL: " + why, null);
  }
}
