package io.coldstream.core.doctor;

import static io.coldstream.core.doctor.Clinic.failed;
import static io.coldstream.core.doctor.Clinic.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Stores that answer "done" and did something else: each is found by the check that is for it. */
class MisbehaviourTest {

  private final Clinic clinic = new Clinic();

  private CheckResult found(String check, UnaryOperator<ObjectStore> store) throws RunException {
    DoctorReport found = clinic.through(store).examined(Role.ANY);
    assertThat(failed(found)).contains(check);
    assertThatThrownBy(found::requireGood)
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.VERIFICATION_FAILED));
    CheckResult result = result(found, check);
    assertThat(result.failure()).contains(Kind.VERIFICATION_FAILED);
    return result;
  }

  private static StoredObject overwritten(Clinic clinic, PutRequest request) throws StoreException {
    try (InputStream in = request.source().open(0)) {
      clinic.memory.replace(request.name(), in.readAllBytes());
    } catch (IOException e) {
      throw new StoreException(StoreException.Kind.UNAVAILABLE, "put: " + e.getMessage(), e);
    }
    return clinic.memory.stat(request.name()).orElseThrow();
  }

  @Test
  void aNameThatIsGivenAwayTwice() throws RunException {
    CheckResult result = found("create only", store -> new Altered(store) {
      @Override
      public StoredObject put(PutRequest request) throws StoreException {
        return overwritten(clinic, request);
      }
    });

    assertThat(result.advice()).startsWith("UNFIT FOR TWO WRITERS");
    clinic.assertNothingLeft();
  }

  @Test
  void aRefusalThatHasReplacedTheObject() throws RunException {
    found("create only", store -> new Altered(store) {
      @Override
      public StoredObject put(PutRequest request) throws StoreException {
        try {
          return behind.put(request);
        } catch (StoreException e) {
          if (e.kind() == StoreException.Kind.ALREADY_EXISTS) {
            overwritten(clinic, request);
          }
          throw e;
        }
      }
    });
  }

  /** Looks whether the name is free, and then stores: all eight find it free. */
  private final class Racy extends Altered {
    private final CyclicBarrier looked = new CyclicBarrier(Doctor.CONTENDERS);

    Racy(ObjectStore behind) {
      super(behind);
    }

    @Override
    public StoredObject put(PutRequest request) throws StoreException {
      if (!request.name().lastComponent().startsWith("race-")) {
        return behind.put(request);
      }
      boolean free = behind.stat(request.name()).isEmpty();
      try {
        looked.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new AssertionError(e);
      }
      return free ? overwritten(clinic, request) : behind.put(request);
    }
  }

  @Test
  void aCreateOnlyThatIsNotAtomic() throws RunException {
    CheckResult result = found("create only, 8 at once", Racy::new);

    assertThat(result.what())
        .isEqualTo("8 of 8 creates of the same object were reported as successful (round 1)");
    assertThat(result.advice()).startsWith("UNFIT FOR TWO WRITERS");
    clinic.assertNothingLeft();
  }

  @Test
  void aLoserWhoseContentStands() throws RunException {
    CheckResult result = found("create only, 8 at once", store -> new Altered(store) {
      @Override
      public StoredObject put(PutRequest request) throws StoreException {
        try {
          return behind.put(request);
        } catch (StoreException e) {
          if (request.name().lastComponent().startsWith("race-")) {
            overwritten(clinic, request);
          }
          throw e;
        }
      }
    });

    assertThat(result.what()).startsWith("the stored object is not what the winner sent");
  }

  /** A read whose bytes are made into others. */
  private record Bytes(ObjectContent content, InputStream stream) implements ObjectContent {
    @Override
    public StoredObject object() {
      return content.object();
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  private static UnaryOperator<ObjectStore> reading(UnaryOperator<byte[]> change) {
    return store -> new Altered(store) {
      @Override
      public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
          throws StoreException {
        ObjectContent content = behind.read(name, range, version);
        try {
          byte[] bytes = change.apply(content.stream().readAllBytes());
          return new Bytes(content, new ByteArrayInputStream(bytes));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  @Test
  void aReadThatEndsEarly() throws RunException {
    found("read back", reading(bytes -> Arrays.copyOf(bytes, bytes.length / 2)));
  }

  @Test
  void aReadOfOtherBytes() throws RunException {
    found("create in parts", reading(bytes -> {
      byte[] other = bytes.clone();
      other[other.length - 1] ^= 1;
      return other;
    }));
  }

  @Test
  void aRangeThatIsTheWholeObject() throws RunException {
    found("read a range", store -> new Altered(store) {
      @Override
      public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
          throws StoreException {
        return behind.read(name, ByteRange.WHOLE, version);
      }
    });
  }

  @Test
  void aVersionThatIsNotLookedAt() throws RunException {
    CheckResult result = found("read one version", store -> new Altered(store) {
      @Override
      public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
          throws StoreException {
        return behind.read(name, range, Optional.empty());
      }
    });

    assertThat(result.what()).isEqualTo("a version that does not exist was read");
  }

  /** Keeps the framing that a transport puts around a body as if it were content. */
  private static final class Framing extends Altered {
    Framing(ObjectStore behind) {
      super(behind);
    }

    @Override
    public StoredObject put(PutRequest request) throws StoreException {
      ByteArrayOutputStream framed = new ByteArrayOutputStream();
      try (InputStream in = request.source().open(0)) {
        framed.writeBytes((Long.toHexString(request.source().lengthBytes()) + "\r\n")
            .getBytes(StandardCharsets.UTF_8));
        in.transferTo(framed);
        framed.writeBytes(
            "\r\n0\r\nx-amz-checksum-crc32c:AAAAAA==\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new StoreException(
            Thread.currentThread().isInterrupted()
                ? StoreException.Kind.UNAVAILABLE
                : StoreException.Kind.SOURCE_UNREADABLE,
            "put: " + e.getMessage(),
            e);
      }
      return behind.put(
          new PutRequest(request.name(), Content.of(framed.toByteArray()), request.placement()));
    }
  }

  @Test
  void aStoreThatKeepsTheFramingOfChecksums() throws RunException {
    CheckResult result = found("read back", Framing::new);

    assertThat(result.what()).contains("bytes instead of 4096");
    assertThat(result.advice()).contains("checksums=when-required");
    clinic.assertNothingLeft();
  }

  @Test
  void aWriterWhoMayNotReadFindsTheFramingByTheLength() throws RunException {
    DoctorReport found =
        clinic.through(store -> Guarded.writer(new Framing(store))).examined(Role.WRITER);

    assertThat(failed(found)).contains("list after create");
    assertThat(result(found, "list after create").advice()).contains("checksums=when-required");
  }

  @Test
  void aRestorerFindsWhatWasStoredOtherwiseThanItWasSent() throws RunException {
    clinic.through(Guarded::writer).examined(Role.WRITER);
    ObjectName damaged = clinic.left().stream()
        .filter(name -> name.lastComponent().startsWith("parts-"))
        .findFirst()
        .orElseThrow();
    clinic.memory.replace(damaged, new byte[10]);

    DoctorReport found = clinic.through(Guarded::restorer).examined(Role.RESTORER);
    assertThat(failed(found)).containsExactly("read what a writer sent");
    assertThat(result(found, "read what a writer sent").what())
        .isEqualTo(damaged + " is not what its writer sent");
  }

  @Test
  void aListingThatLagsBehind() throws RunException {
    CheckResult result = found("list after create", store -> new Altered(store) {
      @Override
      public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
        List<StoredObject> stale = behind.list(prefix, from).objects().stream()
            .filter(o -> !o.name().lastComponent().startsWith("small-"))
            .toList();
        return new ListPage(stale, Optional.empty());
      }
    });

    assertThat(result.what()).isEqualTo("an object that was created is not listed");
    clinic.assertNothingLeft();
  }

  @Test
  void aListingThatDoesNotStartWhereItShould() throws RunException {
    found("list after create", store -> new Altered(store) {
      @Override
      public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
        return behind.list(prefix, ListCursor.START);
      }
    });
  }

  @Test
  void aNameThatIsRewrittenOnItsWay() throws RunException {
    found("odd names", store -> new Altered(store) {
      @Override
      public StoredObject put(PutRequest request) throws StoreException {
        ObjectName name = new ObjectName(request.name().value().replace('+', ' '));
        return behind.put(
            new PutRequest(name, request.source(), request.placement(), request.listener()));
      }
    });
  }

  @Test
  void aRemovalThatRemovesNothing() throws RunException {
    DoctorReport found = clinic
        .through(store -> new Altered(store) {
          @Override
          public void delete(Collection<ObjectName> names) {
            assertThat(names).isNotEmpty();
          }
        })
        .examined(Role.ANY);

    assertThat(failed(found)).containsExactly("delete");
    assertThat(result(found, "left behind").outcome()).isEqualTo(Outcome.WARNING);
    assertThat(found.leftObjects()).isEqualTo(clinic.left().size()).isPositive();
  }

  @Test
  void aSweepThatRemovesNothing() throws RunException {
    found("remove unfinished uploads", store -> new Altered(store) {
      @Override
      public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) {
        return new SweepResult(1, 1);
      }
    });
  }

  @Test
  void aStorageClassThatIsNotKnown() throws RunException {
    DoctorReport found = clinic
        .through(store -> new Altered(store) {
          @Override
          public StoredObject put(PutRequest request) throws StoreException {
            if (request.placement() == Placement.BULK) {
              throw new StoreException(
                  StoreException.Kind.REJECTED, "put: InvalidStorageClass", null);
            }
            return behind.put(request);
          }
        })
        .examined(Role.ANY);

    assertThat(result(found, "storage class").failure()).contains(Kind.USAGE);
    clinic.assertNothingLeft();
  }
}
