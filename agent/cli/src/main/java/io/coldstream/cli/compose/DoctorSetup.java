package io.coldstream.cli.compose;

import io.coldstream.cli.settings.Settings;
import io.coldstream.core.doctor.Doctor;
import io.coldstream.core.doctor.DoctorReport;
import io.coldstream.core.doctor.DoctorStores;
import io.coldstream.core.doctor.Role;
import io.coldstream.core.doctor.StoreDescription;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.PartMemory;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;

/** Where a doctor works: opens the store in the ways that it needs, and closes it again. */
public final class DoctorSetup {

  private static final Duration TRIAL_LOCK = Duration.ofMinutes(15);

  private DoctorSetup() {}

  /**
   * Examines a store.
   *
   * @param set what was set: where the store is, how fast to go, and the folder for what is kept
   *     between runs, which need not exist
   * @param role whose work the identity is to do
   * @param listener receives the start event and the warnings of the store
   * @return what was found
   * @throws RunException when the settings are wrong or the thread was interrupted
   */
  public static DoctorReport examine(Settings set, Role role, RunListener listener)
      throws RunException {
    ExecutorService contenders = Composition.pool("coldstream-doctor-", Doctor.CONTENDERS);
    try {
      StoreLocation location = StoreLocation.of(set.requiredRepository());
      FolderOverlap.with(location.address().url()).refuseAnyDatabase();
      StoreLocation small = location.withPartBytes(Doctor.PART_BYTES);
      StoreSettings settings = location.settings();
      // One part after the other, so that it is known which have arrived when a put breaks off.
      StoreTools tools = new StoreTools(
          Runnable::run,
          PartMemory.NONE,
          Optional.of(set.state().resolve("sessions")),
          warning -> listener.on(new RunEvent.Warning(warning)));
      UnaryOperator<ObjectStore> limits = Composition.limits(set.transfer(), Optional.empty());
      DoctorStores.Opener bare = () -> limits.apply(small.open(tools));
      try (ObjectStore store = Composition.retrying(limits.apply(location.open(tools)), settings)) {
        listener.on(new RunEvent.StepStarted(Step.EXAMINE));
        DoctorStores stores = new DoctorStores(
            store,
            () -> Composition.retrying(bare.open(), small.settings()),
            bare,
            Doctor.PART_BYTES);
        StoreDescription description = new StoreDescription(
            location::inspect,
            location.provider()::permission,
            settings.storageClass(),
            settings.lock().map(lock -> trialLock()),
            location.provider().keySetting().filter(name -> settings.own(name).isPresent()));
        Workers workers = new Workers(contenders, Doctor.CONTENDERS);
        return Doctor.run(stores, description, workers, new SecureRandom(), role);
      }
    } catch (StoreException e) {
      throw RunException.of(e);
    } finally {
      contenders.shutdownNow();
    }
  }

  /** Long enough for a clock that is a few minutes wrong, and as short as that allows. */
  private static Instant trialLock() {
    return Instant.now().plus(TRIAL_LOCK).truncatedTo(ChronoUnit.SECONDS);
  }
}
