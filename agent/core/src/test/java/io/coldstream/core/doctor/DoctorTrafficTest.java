package io.coldstream.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.SweepResult;
import io.coldstream.store.decorate.MeteredStore;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.testkit.PartedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much a doctor sends, which its help and the pages tell. */
class DoctorTrafficTest {

  private static final double MIB = 1 << 20;

  private final Clinic clinic = new Clinic().withParts(Doctor.PART_BYTES);
  private final List<MeteredStore> meters = new ArrayList<>();

  private ObjectStore metered(ObjectStore store) {
    MeteredStore meter = new MeteredStore(store, System::nanoTime);
    meters.add(meter);
    return meter;
  }

  private double sentMib() {
    return meters.stream().mapToLong(meter -> meter.metrics().sentBytes()).sum() / MIB;
  }

  @Test
  void aStoreThatResumesIsSentAsMuchAsTheHelpSays() throws RunException {
    PartedStore parted = new PartedStore(clinic.memory, (int) Doctor.PART_BYTES, StoreTools.NONE);
    clinic.through(store -> metered(parted.reopen())).examined(Role.ANY).requireGood();

    assertThat(sentMib()).isBetween(Doctor.SENT_MIB - 1.0, (double) Doctor.SENT_MIB);
  }

  @Test
  void aStoreThatNeitherResumesNorListsUploadsIsSentAtMostWhatTheHelpSays() throws RunException {
    clinic
        .through(store -> metered(new Altered(store) {
          @Override
          public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) {
            return new SweepResult(0, 0);
          }
        }))
        .examined(Role.ANY)
        .requireGood();

    assertThat(sentMib()).isBetween(Doctor.MAX_SENT_MIB - 1.0, (double) Doctor.MAX_SENT_MIB);
  }
}
