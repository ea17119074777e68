package io.coldstream.core.doctor;

import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreReport;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a provider and the settings say about a store.
 *
 * @param inspection asks the provider
 * @param permissions what the provider calls a permission
 * @param storageClass the storage class of bulk objects, where one is configured
 * @param trialLock when the lock of an object that is tried ends, in whole seconds; empty where
 *     nothing is to be locked
 * @param keySetting the name of the setting that names an encryption key, where it is configured
 */
public record StoreDescription(
    Inspection inspection,
    Function<Permission, String> permissions,
    Optional<String> storageClass,
    Optional<Instant> trialLock,
    Optional<String> keySetting) {

  /** Asks a provider about a store. */
  @FunctionalInterface
  public interface Inspection {
    /**
     * Asks.
     *
     * @return what the provider reported
     * @throws StoreException when it could not be asked
     */
    StoreReport ask() throws StoreException;
  }
}
