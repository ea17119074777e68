package io.coldstream.cli.compose;

import io.coldstream.cli.settings.RepositoryAddress;
import io.coldstream.core.doctor.Doctor;
import io.coldstream.core.doctor.DoctorParts;
import io.coldstream.core.doctor.DoctorReport;
import io.coldstream.core.doctor.Role;
import io.coldstream.core.event.RunEvent;
import io.coldstream.core.event.RunListener;
import io.coldstream.core.event.Step;
import io.coldstream.core.failure.RunException;
import io.coldstream.core.work.Workers;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PartMemory;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreProvider;
import io.coldstream.store.StoreProviders;
import io.coldstream.store.StoreSettings;
import io.coldstream.store.StoreTools;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/** Where a doctor works: opens the store in the ways that it needs, and closes it again. */
public final class Surgery {

  /** The smallest part that every provider takes. */
  private static final long PART_BYTES = 5L << 20;

  private Surgery() {}

  /**
   * Examines a store.
   *
   * @param address where it is
   * @param state the folder for what is kept between runs; need not exist
   * @param role whose work the identity is to do
   * @param listener is told that it begins
   * @return what was found
   * @throws RunException when the settings are wrong or the thread was interrupted
   */
  public static DoctorReport examine(
      RepositoryAddress address, Path state, Role role, RunListener listener) throws RunException {
    ExecutorService contenders = Composition.pool("coldstream-doctor-", DoctorParts.CONTENDERS);
    try {
      StoreProvider provider = StoreProviders.forUrl(address.url());
      StoreSettings settings = StoreSettings.of(address.storeSettings(), provider.settingNames());
      // One part after the other, so that it is known which have arrived when a put breaks off.
      StoreTools tools =
          new StoreTools(Runnable::run, PartMemory.NONE, Optional.of(state.resolve("sessions")));
      try (ObjectStore store =
          Composition.retrying(provider.open(address.url(), settings, tools), settings)) {
        listener.on(new RunEvent.StepStarted(Step.EXAMINE));
        return Doctor.run(parts(address, provider, settings, tools, store, contenders), role);
      }
    } catch (StoreException e) {
      throw RunException.of(e);
    } finally {
      contenders.shutdownNow();
    }
  }

  private static DoctorParts parts(
      RepositoryAddress address,
      StoreProvider provider,
      StoreSettings settings,
      StoreTools tools,
      ObjectStore store,
      ExecutorService contenders) {
    StoreSettings small = withSmallParts(settings);
    DoctorParts.Opener bare = () -> provider.open(address.url(), small, tools);
    return new DoctorParts(
        store,
        () -> Composition.retrying(bare.open(), small),
        bare,
        PART_BYTES,
        () -> provider.inspect(address.url(), settings),
        provider::permission,
        settings.storageClass(),
        Stream.of("kms-key", "encryption-scope")
            .filter(name -> settings.own(name).isPresent())
            .findFirst(),
        new Workers(contenders, DoctorParts.CONTENDERS),
        new SecureRandom());
  }

  private static StoreSettings withSmallParts(StoreSettings usual) {
    return new StoreSettings(
        PART_BYTES,
        usual.parallel(),
        usual.storageClass(),
        usual.attempts(),
        usual.timeout(),
        usual.caFile(),
        usual.own());
  }
}
