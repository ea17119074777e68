package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.backup.capture.CaptureSettings;
import io.coldstream.core.backup.capture.CaptureStep;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.state.Hints;
import io.coldstream.core.support.work.Workers;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.InterleavedFiles;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/**
 * Backups of a server at work, which makes steps between any two uses of its files and any two calls
 * to the store. Every backup that was committed is put together from the store, as a restore of the
 * kind {@code direct} does, and judged by the oracle, at once and again after the last one.
 */
class BackupHistoriesTest {

  private static final int HISTORIES_PER_PROFILE = 20;
  private static final int BACKUPS = 3;
  private static final int MIN_CHUNK_BYTES = 256;
  private static final int ROOMY_CHUNK_BYTES = 1 << 20;

  private int committed;
  private int refused;

  @Test
  void everyCommittedBackupIsASetThatAServerStartsWith() throws Exception {
    for (Profile profile : Profile.values()) {
      for (int seed = 0; seed < HISTORIES_PER_PROFILE; seed++) {
        try (Bed bed = new Bed()) {
          history(bed, profile, seed);
        } catch (AssertionError | Exception e) {
          throw new AssertionError("profile " + profile + ", seed " + seed, e);
        }
      }
    }
    assertThat(committed).isGreaterThan((committed + refused) * 8 / 10);
  }

  @Test
  void afterAnElectionOnlyWhatLiesAboveTheCutIsSentAgain() throws Exception {
    int reused = 0;
    int anew = 0;
    for (Profile profile : Profile.values()) {
      for (int seed = 0; seed < HISTORIES_PER_PROFILE; seed++) {
        try (Bed bed = new Bed()) {
          WriterModel model =
              new WriterModel(new WriterModel.Settings(profile, seed, ROOMY_CHUNK_BYTES, 12, 0, 0));
          model.run(500);
          bed.request = Bed.lineage(bed.request, true, 0); // whatever the cut discards
          FileEntry first = backUp(bed, model).files().activeChunk().orElseThrow();
          model.run(500);
          backUp(bed, model);
          if (!model.truncate()) {
            continue;
          }
          model.run(200);
          Manifest third = backUp(bed, model);
          long cut = ChunkHeader.LENGTH_BYTES + third.forkedFrom().orElseThrow().position();
          List<StoredBytes> segments = third.files().activeChunk().orElseThrow().objects();
          if (cut < first.lengthBytes()) {
            assertThat(segments).hasSize(1);
            anew++;
          } else {
            assertThat(segments).hasSize(2).first().isEqualTo(first.objects().get(0));
            reused++;
          }
        }
      }
    }
    assertThat(reused).isGreaterThan(10);
    assertThat(anew).isGreaterThan(10);
  }

  /** Backs up a server that does nothing meanwhile. */
  private static Manifest backUp(Bed bed, WriterModel model) throws Exception {
    BackupParts parts = parts(model, bed.memory, () -> 0, new Random(model.steps()));
    Manifest manifest = BackupRun.run(bed.request, parts).committed().orElseThrow();
    requireSound(bed, manifest, model);
    return manifest;
  }

  private void history(Bed bed, Profile profile, int seed) throws Exception {
    WriterModel model = WriterModel.of(profile, seed);
    Random random = new Random(seed * 31L + profile.ordinal());
    model.run(300 + random.nextInt(900));
    int pace = 1 + random.nextInt(4);
    IntSupplier steps = () -> random.nextInt(8) < pace ? random.nextInt(3) : 0;
    ObjectStore store = new HookedStore(bed.memory, what -> model.run(steps.getAsInt()));
    for (int number = 0; number < BACKUPS; number++) {
      int branches = model.ledger().branches().size();
      try {
        BackupParts parts = parts(model, store, steps, random);
        Manifest manifest = BackupRun.run(bed.request, parts).committed().orElseThrow();
        requireSound(bed, manifest, model);
        committed++;
      } catch (RunException e) {
        requireReason(e, model, branches);
        refused++;
      }
      assertThat(model.disk().openFiles()).as("descriptors left open").isZero();
      model.run(random.nextInt(400));
    }
    for (String name : bed.names("manifests/")) {
      long sequence = Long.parseLong(name.replaceAll("\\D", ""));
      requireSound(bed, bed.manifest(sequence), model);
    }
  }

  private static BackupParts parts(
      WriterModel model, ObjectStore store, IntSupplier steps, Random random) {
    CaptureSettings settings = CaptureSettings.of(
            DatabaseFolders.of(model.folder(), Optional.of(model.indexFolder())))
        .withMostPins(1000);
    CaptureStep capture = new CaptureStep(
        InterleavedFiles.of(model, steps),
        () -> Long.MAX_VALUE,
        attempt -> model.run(random.nextInt(30)),
        settings,
        RunListener.NONE);
    return new BackupParts(
        store,
        capture,
        new Workers(Runnable::run, 1),
        Hints.NONE,
        RunListener.NONE,
        Clock.fixed(Bed.NOW, ZoneOffset.UTC),
        random,
        new Agent("host", "test"));
  }

  private static void requireSound(Bed bed, Manifest manifest, WriterModel model) throws Exception {
    NavigableMap<String, byte[]> root = new TreeMap<>();
    for (FileEntry chunk : SeriesBackupTest.chunks(bed.repository(), manifest)) {
      byte[] bytes = SeriesBackupTest.bytes(bed.memory.contents(), chunk);
      root.put(chunk.name(), Arrays.copyOf(bytes, Math.max(MIN_CHUNK_BYTES, bytes.length)));
    }
    NavigableMap<String, byte[]> index = new TreeMap<>();
    if (manifest.files().index().isPresent()) {
      for (FileEntry file : manifest.files().index().get().all()) {
        index.put(file.name(), SeriesBackupTest.bytes(bed.memory.contents(), file));
      }
    }
    String direct = manifest.files().checkpointFolder() + "direct/";
    for (Map.Entry<ObjectName, byte[]> object : bed.memory.contents().entrySet()) {
      if (object.getKey().value().startsWith(direct)) {
        root.put(object.getKey().lastComponent(), object.getValue());
      }
    }
    assertThat(Oracle.structural()
            .arranged()
            .withLedger(model.ledger())
            .check(new DatabaseSet(root, index)))
        .as("verdicts on backup %s", manifest.sequence())
        .isEmpty();
  }

  /** A run may fail only for what the server was doing. */
  private static void requireReason(RunException e, WriterModel model, int branches) {
    boolean truncation = model.truncating() || model.ledger().branches().size() > branches;
    switch (e.kind()) {
      case CONFLICT -> assertThat(model.ledger().branches()).as("%s", e).hasSizeGreaterThan(1);
      case SOURCE_REFUSED ->
        assertThat(truncation
                || e.getMessage().contains("no database yet")
                || e.getMessage().contains("this is the last failure")
                || e.getMessage().contains("times in a row"))
            .as("%s", e)
            .isTrue();
      default -> throw new AssertionError(e);
    }
  }
}
