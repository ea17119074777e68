package io.coldstream.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreReport;
import io.coldstream.store.testkit.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A store in memory, and a doctor who sees it through whatever a test puts before it. */
final class Clinic {

  static final long PART_BYTES = 64 << 10;

  final MemoryStore memory;
  private UnaryOperator<ObjectStore> through = store -> store;
  private StoreReport report = new StoreReport(Optional.of(Duration.ZERO), true, List.of());
  private Optional<StoreException> unasked = Optional.empty();
  private Optional<String> keySetting = Optional.empty();
  private Optional<Instant> trialLock = Optional.empty();
  private long partBytes = PART_BYTES;

  Clinic() {
    this(new MemoryStore());
  }

  /** One who comes after another. */
  Clinic(MemoryStore memory) {
    this.memory = memory;
  }

  Clinic through(UnaryOperator<ObjectStore> decorator) {
    through = decorator;
    return this;
  }

  Clinic reporting(StoreReport other) {
    report = other;
    return this;
  }

  Clinic unasked(StoreException why) {
    unasked = Optional.of(why);
    return this;
  }

  Clinic withKey(String setting) {
    keySetting = Optional.of(setting);
    return this;
  }

  Clinic locking(Instant until) {
    trialLock = Optional.of(until);
    return this;
  }

  Clinic withParts(long bytes) {
    partBytes = bytes;
    return this;
  }

  DoctorReport examined(Role role) throws RunException {
    ExecutorService threads = Executors.newFixedThreadPool(Doctor.CONTENDERS);
    try {
      return Doctor.run(
          stores(), description(), new Workers(threads, Doctor.CONTENDERS), new Random(7), role);
    } finally {
      threads.shutdownNow();
    }
  }

  private DoctorStores stores() {
    DoctorStores.Opener opener = () -> through.apply(memory.reopen());
    return new DoctorStores(through.apply(memory.reopen()), opener, opener, partBytes);
  }

  private StoreDescription description() {
    return new StoreDescription(
        () -> {
          if (unasked.isPresent()) {
            throw unasked.get();
          }
          return report;
        },
        need -> "may-" + need.name().toLowerCase(Locale.ROOT),
        Optional.of("COLD"),
        trialLock,
        keySetting);
  }

  void assertNothingLeft() {
    assertThat(memory.names()).isEmpty();
    assertThat(memory.unfinished()).isEmpty();
  }

  List<ObjectName> left() {
    return List.copyOf(memory.names());
  }

  static CheckResult result(DoctorReport found, String name) {
    return found.results().stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<String> failed(DoctorReport found) {
    return found.results().stream()
        .filter(r -> r.outcome() == Outcome.FAILED)
        .map(CheckResult::name)
        .toList();
  }
}
