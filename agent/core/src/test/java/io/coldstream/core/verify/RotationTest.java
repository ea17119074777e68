package io.coldstream.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.verify.history.CheckedBackups;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.core.verify.history.Verification;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.RecordingStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples rotate: as many runs as their share says have read everything. */
class RotationTest {

  @TempDir
  Path folder;

  private final TestVerify verify = new TestVerify();
  private final List<ObjectName> read = new ArrayList<>();
  private WriterModel model;
  private TestRepository repository;
  private int days;
}
