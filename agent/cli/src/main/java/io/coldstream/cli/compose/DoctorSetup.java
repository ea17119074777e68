package io.coldstream.cli.compose;

import io.coldstream.cli.settings.Settings;
import io.coldstream.core.doctor.Doctor;
import io.coldstream.core.doctor.DoctorParts;
import io.coldstream.core.doctor.DoctorReport;
import io.coldstream.core.doctor.Role;
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
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;

/** Where a doctor works: opens the store in the ways that it needs, and closes it again. */
public final class DoctorSetup {

  /** The smallest part that every provider takes. */
  private static final long PART_BYTES = 5L << 20;

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
    ExecutorService contenders = Composition.pool("coldstream-doctor-", DoctorParts.CONTENDERS);
    try {
      StoreLocation location = StoreLocation.of(set.requiredRepository());
      StoreLocation small = location.withPartBytes(PART_BYTES);
      StoreSettings settings = location.settings();
      // One part after the other, so that it is known which have arrived when a put breaks off.
      StoreTools tools = new StoreTools(
          Runnable::run,
          PartMemory.NONE,
          Optional.of(set.state().resolve("sessions")),
          warning -> listener.on(new RunEvent.Warning(warning)));
      UnaryOperator<ObjectStore> limits = Composition.limits(set.transfer(), Optional.empty());
      DoctorParts.Opener bare = () -> limits.apply(small.open(tools));
      try (ObjectStore store = Composition.retrying(limits.apply(location.open(tools)), settings)) {
        listener.on(new RunEvent.StepStarted(Step.EXAMINE));
        DoctorParts parts = new DoctorParts(
            store,
            () -> Composition.retrying(bare.open(), small.settings()),
            bare,
            PART_BYTES,
            location::inspect,
            location.provider()::permission,
            settings.storageClass(),
            location.provider().keySetting().filter(name -> settings.own(name).isPresent()),
            new Workers(contenders, DoctorParts.CONTENDERS),
            new SecureRandom());
        return Doctor.run(parts, role);
      }
    } catch (StoreException e) {
      throw RunException.of(e);
    } finally {
      contenders.shutdownNow();
    }
  }
}
