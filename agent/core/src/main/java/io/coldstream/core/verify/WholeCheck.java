package io.coldstream.core.verify;

import io.coldstream.core.repository.FileCheck;
import io.coldstream.core.repository.IndexProof;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.core.verify.SegmentedFiles.Segmented;
import io.coldstream.core.verify.history.Depth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks what is visible only in joined objects: files in several objects, and index maps against
 * their tables.
 */
final class WholeCheck {

  private final ObjectReader reader;
  private final Workers workers;
  private final RunListener listener;

  WholeCheck(ObjectReader reader, Workers workers, RunListener listener) {
    this.reader = reader;
    this.workers = workers;
    this.listener = listener;
  }

  /**
   * What a part of the check found.
   *
   * @param faults objects that are wrong
   * @param findings manifests whose sound objects do not fit together
   */
  record Outcome(List<ObjectFault> faults, List<Finding> findings) {}

  /** Reads files that lie in several objects; store failures end it. */
  List<Outcome> segmented(List<List<Segmented>> passes)
      throws IOException, RunException, InterruptedException {
    List<Workers.Task<Outcome>> tasks = new ArrayList<>();
    for (List<Segmented> pass : passes) {
      tasks.add(() -> pass(pass));
    }
    return workers.all(tasks);
  }

  private Outcome pass(List<Segmented> files) throws IOException {
    FileEntry longest = files.get(0).entry();
    FileCheck check = new FileCheck(longest);
    List<ObjectFault> faults = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < longest.objects().size(); i++) {
      StoredBytes stored = longest.objects().get(i);
      try {
        reader.read(stored, 0, (bytes, offset, length) -> {
          check.accept(bytes, offset, length);
          listener.on(new RunEvent.Transferred(length));
        });
        listener.on(new RunEvent.FileDone(stored.object().value(), stored.lengthBytes()));
      } catch (ObjectFault e) {
        faults.add(e);
      }
      if (faults.isEmpty()) {
        int count = i + 1;
        files.stream()
            .skip(1)
            .filter(f -> f.entry().objects().size() == count && !check.isSoFar(f.entry()))
            .forEach(
                f -> findings.add(disagreement(f, "does not match the content of its objects")));
      }
    }
    if (faults.isEmpty()) {
      check.fault().ifPresent(fault -> findings.add(disagreement(files.get(0), fault)));
    }
    return new Outcome(faults, findings);
  }

  private static Finding disagreement(Segmented file, String fault) {
    return ofManifest(file.firstBackup(), file.entry().name() + " " + fault);
  }

  private static Finding ofManifest(long backup, String fault) {
    return new Finding(
        Layout.manifest(backup),
        "backup " + backup + " is inconsistent: " + fault,
        backup,
        backup,
        Depth.DATA,
        Optional.empty());
  }

  /** Compares the index maps with their tables; faults of a map's own object are known already. */
  List<Finding> indexes(Map<IndexEntry, Long> indexes, VerifyOptions options) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<IndexEntry, Long> index : indexes.entrySet()) {
      if (!options.reads(index.getKey().map().objects().get(0).object())) {
        continue;
      }
      ByteArrayOutputStream map = new ByteArrayOutputStream();
      try {
        for (StoredBytes stored : index.getKey().map().objects()) {
          reader.read(stored, 0, map::write);
        }
      } catch (ObjectFault e) {
        continue;
      }
      IndexProof.fault(index.getKey(), map.toByteArray())
          .ifPresent(fault -> findings.add(ofManifest(index.getValue(), "its index map " + fault)));
    }
    return findings;
  }
}
