package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.LocalBytes;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.chunk.ChunkFacts;
import io.coldstream.eventstore.chunk.ChunkFooter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans the completed chunks, a thousand numbers at a time. */
final class ChunkPlanner {

  private final PlanOptions options;
  private final ObjectChoice choice;
  private final Resends resends;

  ChunkPlanner(PlanOptions options, ObjectChoice choice, Resends resends) {
    this.options = options;
    this.choice = choice;
    this.resends = resends;
  }

  List<PlannedPage> plan(Capture capture, Optional<NewestBackup> newest)
      throws RunException, SourceMoved, InterruptedException {
    Map<Integer, PlannedPage> pages = new TreeMap<>();
    Map<Integer, List<ChunkFacts>> looked = new TreeMap<>();
    List<Candidate> candidates = new ArrayList<>();
    boolean all = options.recheck() || !options.resend().isEmpty();
    for (var group : NewestBackup.byPage(capture.completed()).entrySet()) {
      Optional<PageEntry> old = newest.flatMap(n -> n.unchanged(group.getKey(), group.getValue()));
      old.ifPresent(page -> resends.note(page.object()));
      if (old.isPresent() && !all) {
        pages.put(group.getKey(), new PlannedPage(group.getKey(), old, List.of()));
      } else {
        looked.put(group.getKey(), group.getValue());
        for (ChunkFacts chunk : group.getValue()) {
          candidates.add(candidate(chunk, newest));
        }
      }
    }
    List<PlannedObject> chosen = choice.choose(capture, Layout.CHUNKS, candidates);
    int next = 0;
    for (var group : looked.entrySet()) {
      int end = next + group.getValue().size();
      PlannedPage page = page(group.getKey(), group.getValue(), chosen.subList(next, end), newest);
      pages.put(group.getKey(), page);
      next = end;
    }
    return List.copyOf(pages.values());
  }

  private static Candidate candidate(ChunkFacts chunk, Optional<NewestBackup> newest)
      throws RunException {
    Optional<FileEntry> entry = newest.isPresent() ? newest.get().find(chunk) : Optional.empty();
    Optional<StoredBytes> known = entry.map(e -> e.objects().get(0));
    String md5 = chunk.footer().orElseThrow().md5().hex();
    return new Candidate(
        Layout.chunk(chunk.name().toString(), md5),
        new LocalBytes.Chunk(chunk),
        known,
        Optional.empty());
  }

  /** A page that came out as it was is referred to, not written. */
  private static PlannedPage page(
      int firstNumber,
      List<ChunkFacts> chunks,
      List<PlannedObject> objects,
      Optional<NewestBackup> newest) {
    List<PlannedFile> files = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      ChunkFacts chunk = chunks.get(i);
      files.add(PlannedFile.of(chunk.name().toString(), objects.get(i), Optional.of(entry(chunk))));
    }
    boolean known = files.stream().allMatch(PlannedFile::isKnown);
    Optional<PageEntry> old =
        known ? newest.flatMap(n -> n.unchanged(firstNumber, chunks)) : Optional.empty();
    return new PlannedPage(firstNumber, old, old.isPresent() ? List.of() : files);
  }

  private static ChunkEntry entry(ChunkFacts chunk) {
    ChunkFooter footer = chunk.footer().orElseThrow();
    return new ChunkEntry(
        chunk.header().firstNumber(),
        chunk.header().lastNumber(),
        chunk.header().id().toString(),
        chunk.header().scavenged(),
        Optional.of(footer.md5().hex()),
        footer.logicalDataBytes());
  }
}
