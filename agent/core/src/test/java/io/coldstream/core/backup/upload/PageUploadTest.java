package io.coldstream.core.backup.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.backup.plan.PlannedFile;
import io.coldstream.core.backup.plan.PlannedObject;
import io.coldstream.core.backup.plan.PlannedObject.Presence;
import io.coldstream.core.backup.plan.PlannedPage;
import io.coldstream.core.backup.plan.StoredObjects;
import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import io.coldstream.store.testkit.MemoryStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PageUploadTest {

  private final MemoryStore store = new MemoryStore();
  private final PageUpload upload = new PageUpload(store, new StoredObjects());

  @Test
  void aPageIsWrittenWithWhatTheManifestSaysOfIt() throws Exception {
    PageEntry entry = upload.upload(page("chunk-001002.000000", 1002));
    assertThat(entry.files()).isEqualTo(1);
    assertThat(store.contents()).containsOnlyKeys(entry.object());
  }

  @Test
  void aPageThatWouldNotBeReadBackIsNotWritten() {
    RunException refusal = catchThrowableOfType(
        RunException.class, () -> upload.upload(page("chunk-000002.000000", 2)));
    assertThat(refusal.kind()).isEqualTo(RunException.Kind.INTERNAL);
    assertThat(refusal).hasMessageContaining("pages/001000-001999-");
    assertThat(store.contents()).isEmpty();
  }

  private static PlannedPage page(String fileName, int number) {
    PlannedObject object = new PlannedObject(
        new ObjectName("chunks/x"),
        1000,
        Presence.KNOWN,
        Optional.of(Sha256.of(new byte[1])),
        Optional.empty());
    ChunkEntry chunk = new ChunkEntry(
        number, number, new UUID(1, 2).toString(), false, Optional.of("0".repeat(32)), 900);
    PlannedFile file = new PlannedFile(
        fileName, List.of(object), Optional.of(Sha256.of(new byte[1])), Optional.of(chunk));
    return new PlannedPage(1000, Optional.empty(), List.of(file));
  }
}
