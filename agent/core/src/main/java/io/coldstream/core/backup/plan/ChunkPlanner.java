package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plans the completed chunks, a thousand numbers at a time. */
final class ChunkPlanner {

  private final Recheck recheck;
  private final ObjectChoice choice;
  private final Resends resends;

  ChunkPlanner(Recheck recheck, ObjectChoice choice, Resends resends) {
    this.recheck = recheck;
    this.choice = choice;
    this.resends = resends;
  }

  List<PlannedPage> plan(Capture capture, Optional<NewestBackup> newest)
      throws RunException, SourceMoved, InterruptedException {
    Map<Integer, PlannedPage> pages = new TreeMap<>();
    Map<Integer, List<Chunk>> looked = new TreeMap<>();
    List<PlannedFile> drafts = new ArrayList<>();
    for (var group : NewestBackup.byPage(capture.files().completed()).entrySet()) {
      Optional<PageEntry> old = newest.flatMap(n -> n.unchanged(group.getKey(), group.getValue()));
      old.ifPresent(page -> resends.note(page.object()));
      if (old.isPresent()
          && resends.isEmpty()
          && group.getValue().stream().noneMatch(recheck::covers)) {
        pages.put(group.getKey(), new PlannedPage(group.getKey(), old, List.of()));
      } else {
        looked.put(group.getKey(), group.getValue());
        for (Chunk chunk : group.getValue()) {
          drafts.add(choice.draft(capture, chunk, newest));
        }
      }
    }
    Map<DatabaseFile, PlannedFile> chosen = new HashMap<>();
    // The share may lie far from what is new: a listing from one to the other would be long.
    for (List<PlannedFile> near : drafts.stream()
        .collect(Collectors.partitioningBy(draft -> recheck.isShare(draft.file())))
        .values()) {
      choice.choose(capture, Layout.CHUNKS, near).forEach(file -> chosen.put(file.file(), file));
    }
    looked.forEach(
        (firstNumber, chunks) -> pages.put(firstNumber, page(firstNumber, chunks, chosen, newest)));
    return List.copyOf(pages.values());
  }

  /** A page that came out as it was is referred to, not written. */
  private static PlannedPage page(
      int firstNumber,
      List<Chunk> chunks,
      Map<DatabaseFile, PlannedFile> chosen,
      Optional<NewestBackup> newest) {
    List<PlannedFile> files = chunks.stream().map(chosen::get).toList();
    boolean known = files.stream().allMatch(PlannedFile::isKnown);
    Optional<PageEntry> old =
        known ? newest.flatMap(n -> n.unchanged(firstNumber, chunks)) : Optional.empty();
    return new PlannedPage(firstNumber, old, old.isPresent() ? List.of() : files);
  }
}
