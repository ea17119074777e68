package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.BloomFile;
import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.CapturedIndex;
import io.coldstream.core.backup.capture.LocalBytes;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.index.TableFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans the index: tables by the MD5 that they end in, filters by what they hold, and the map. */
final class IndexPlanner {

  private final PlanOptions options;
  private final ObjectChoice choice;

  IndexPlanner(PlanOptions options, ObjectChoice choice) {
    this.options = options;
    this.choice = choice;
  }

  PlannedIndex plan(Capture capture, CapturedIndex index, Optional<NewestBackup> newest)
      throws RunException, SourceMoved, InterruptedException {
    List<Candidate> candidates = new ArrayList<>();
    for (TableFacts table : index.tables()) {
      candidates.add(new Candidate(
          Layout.table(table.name().guid(), table.md5().hex()),
          new LocalBytes.Table(table),
          newest.flatMap(n -> n.find(table)).map(IndexPlanner::object),
          Optional.empty()));
    }
    for (BloomFile filter : index.bloomFilters()) {
      candidates.add(filter(capture, filter, newest.flatMap(n -> n.find(filter))));
    }
    candidates.add(map(index.map(), newest));
    List<PlannedObject> chosen = choice.choose(capture, Layout.INDEX, candidates);
    List<PlannedFile> files = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      String name = candidates.get(i).bytes().fileName();
      files.add(PlannedFile.of(name, chosen.get(i), Optional.empty()));
    }
    PlannedFile map = files.remove(files.size() - 1);
    return new PlannedIndex(map, files, index.commitCheckpoint());
  }

  /** A filter that has to be looked at is digested first: its name holds what it is. */
  private Candidate filter(Capture capture, BloomFile filter, Optional<FileEntry> entry)
      throws RunException, SourceMoved, InterruptedException {
    LocalBytes bytes = new LocalBytes.Filter(filter);
    Optional<StoredBytes> known = entry.map(IndexPlanner::object);
    if (known.isPresent() && !options.recheck() && options.resend().isEmpty()) {
      return new Candidate(known.get().object(), bytes, known, Optional.empty());
    }
    Sha256 content = ObjectChoice.digest(capture, bytes);
    return new Candidate(
        Layout.bloomFilter(filter.name(), content),
        bytes,
        known.filter(stored -> stored.sha256().equals(content)),
        Optional.of(content));
  }

  private static Candidate map(IndexMap map, Optional<NewestBackup> newest) {
    byte[] bytes = map.bytes();
    Sha256 content = Sha256.of(bytes);
    return new Candidate(
        Layout.indexMap(map.md5().hex()),
        new LocalBytes.InMemory(IndexMap.FILE_NAME, bytes),
        newest.flatMap(n -> n.findIndexMap(content)).map(IndexPlanner::object),
        Optional.of(content));
  }

  private static StoredBytes object(FileEntry entry) {
    return entry.objects().get(0);
  }
}
