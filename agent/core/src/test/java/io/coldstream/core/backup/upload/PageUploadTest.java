package io.coldstream.core.backup.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.backup.plan.PlannedFile;
import io.coldstream.core.backup.plan.PlannedObject;
import io.coldstream.core.backup.plan.PlannedObject.Presence;
import io.coldstream.core.backup.plan.PlannedPage;
import io.coldstream.core.backup.plan.Uploaded;
import io.coldstream.core.repository.Condemned;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkFooter;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.ChunkId;
import io.coldstream.store.ObjectName;
import io.coldstream.store.testkit.LogLines;
import io.coldstream.store.testkit.MemoryStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PageUploadTest {

  private final MemoryStore store = new MemoryStore();
  private final PageUpload upload = new PageUpload(store, new UploadTally(), new Condemned());

  @Test
  void aPageIsWrittenWithWhatTheManifestSaysOfIt() throws Exception {
    PageEntry entry = upload.upload(page("chunk-001002.000000", 1002), Uploaded.NOTHING);
    assertThat(entry.files()).isEqualTo(1);
    assertThat(store.contents()).containsOnlyKeys(entry.object());
  }

  @Test
  void aPageThatCannotBeParsedBackIsNotUploaded() {
    RunException refusal = catchThrowableOfType(
        RunException.class, () -> upload.upload(page("chunk-000002.000000", 2), Uploaded.NOTHING));
    assertThat(refusal.kind()).isEqualTo(RunException.Kind.INTERNAL);
    assertThat(refusal).hasMessageContaining("pages/001000-001999-");
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void aPageWhoseNameIsTakenIsSentBesideItAndLoggedAsAWarning() throws Exception {
    PlannedPage page = page("chunk-001002.000000", 1002);
    ObjectName taken = upload.upload(page, Uploaded.NOTHING).object();
    store.replace(taken, new byte[1]);
    try (LogLines log = new LogLines()) {
      ObjectName beside = upload.upload(page, Uploaded.NOTHING).object();
      assertThat(log.lines())
          .containsExactly("WARN PageUpload: " + taken
              + " holds other content, or is being removed; the page is uploaded as " + beside);
    }
  }

  private static PlannedPage page(String fileName, int number) {
    Chunk chunk = new Chunk(
        ChunkFileName.parse(fileName).orElseThrow(),
        1000,
        new ChunkHeader(4, 4, 1000, number, number, false, new ChunkId(new UUID(1, 2)), 0),
        Optional.of(new ChunkFooter(900, 900, 0, 12, new Md5("0".repeat(32)))));
    PlannedObject object = new PlannedObject(
        new ObjectName("chunks/x"),
        chunk,
        0,
        1000,
        Presence.KNOWN,
        Optional.of(Sha256.of(new byte[1])));
    PlannedFile file = new PlannedFile(chunk, List.of(object), Optional.empty());
    return new PlannedPage(1000, Optional.empty(), List.of(file));
  }
}
