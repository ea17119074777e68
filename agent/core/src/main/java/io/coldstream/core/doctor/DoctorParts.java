package io.coldstream.core.doctor;

import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreReport;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What a doctor works with. Made where the program is composed, and closed there.
 *
 * @param store the place as backups use it, retrying included: a create that was tried again is told
 *     by its object's length, never by its answer alone
 * @param inParts opens the place once more with small parts; the doctor closes it
 * @param breaking the same without retrying, so that a put can be broken off
 * @param partBytes how small those parts are
 * @param inspection asks the provider about the place
 * @param permissions what the provider calls a permission
 * @param storageClass the class that bulk objects are given, where one is configured
 * @param keySetting the name of the setting that names an encryption key, where it is configured
 * @param workers threads for {@link #CONTENDERS} things at once
 * @param random chooses names and contents
 */
public record DoctorParts(
    ObjectStore store,
    Opener inParts,
    Opener breaking,
    long partBytes,
    Inspection inspection,
    Function<Permission, String> permissions,
    Optional<String> storageClass,
    Optional<String> keySetting,
    Workers workers,
    RandomGenerator random) {

  /** How many create the same object at once; the workers must be as many. */
  public static final int CONTENDERS = 8;

  /** Opens a store. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens it.
     *
     * @return a store, to be closed
     * @throws StoreException when its settings are wrong
     */
    ObjectStore open() throws StoreException;
  }

  /** Asks a provider about the place. */
  @FunctionalInterface
  public interface Inspection {
    /**
     * Asks.
     *
     * @return what the provider told
     * @throws StoreException when it could not be asked
     */
    StoreReport ask() throws StoreException;
  }
}
