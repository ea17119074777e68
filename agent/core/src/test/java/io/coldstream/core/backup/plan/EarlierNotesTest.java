package io.coldstream.core.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.testing.Format1;
import io.coldstream.store.ObjectName;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.MemoryStore;
import io.coldstream.store.testkit.Verb;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarlierNotesTest {

  private static final String RUN = "r".repeat(26);

  private final MemoryStore memory = new MemoryStore();
  private final List<RunEvent> events = new ArrayList<>();
  private final CountingStore store = new CountingStore(memory);
  private final EarlierNotes notes = new EarlierNotes(store, events::add);

  @Test
  void aNoteHasTheBytesOfFormat1() throws Exception {
    ProgressNote note = new ProgressNote(List.of(object(1), object(2)));
    byte[] bytes = Format1.bytes("progress.json");
    assertThat(note.bytes()).asString().isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    assertThat(ProgressNote.read(bytes, Layout.progress(RUN, 1))).isEqualTo(note);
  }

  @Test
  void nothingIsReadWhereNothingIsWanted() throws Exception {
    note(1, object(1));
    assertThat(notes.find(Map.of())).isEmpty();
    assertThat(store.log().count()).isZero();
  }

  @Test
  void notesAreReadUntilAllIsFound() throws Exception {
    for (int n = 1; n <= 9; n++) {
      note(n, object(n), object(100 + n));
    }
    Map<ObjectName, Long> wanted = new HashMap<>();
    wanted.put(object(1).object(), 1L);
    wanted.put(object(3).object(), 3L);
    assertThat(notes.find(wanted))
        .containsOnly(
            Map.entry(object(1).object(), object(1).sha256()),
            Map.entry(object(3).object(), object(3).sha256()));
    assertThat(store.log().count(Verb.READ)).isEqualTo(3);
  }

  @Test
  void whatWasNotedWithAnotherLengthIsNotFound() throws Exception {
    note(1, object(1));
    assertThat(notes.find(Map.of(object(1).object(), 2L))).isEmpty();
  }

  @Test
  void aNoteThatIsLongerThanItCanBeIsNotRead() throws Exception {
    List<StoredBytes> objects = new ArrayList<>();
    for (int n = 0; n < 10_000; n++) {
      objects.add(object(n));
    }
    note(1, objects.toArray(StoredBytes[]::new));
    assertThat(notes.find(Map.of(object(1).object(), 1L))).isEmpty();
  }

  @Test
  void anAlteredNoteIsPassedOverWithAWarning() throws Exception {
    note(1, object(1));
    ObjectName name = Layout.progress(RUN, 1);
    byte[] good = memory.contents().get(name);
    for (int i = 0; i < good.length; i++) {
      byte[] altered = good.clone();
      altered[i] ^= 1;
      memory.replace(name, altered);
      events.clear();
      assertThat(notes.find(Map.of(object(1).object(), 1L))).as("byte " + i).isEmpty();
      assertThat(events)
          .singleElement()
          .isInstanceOfSatisfying(
              RunEvent.Warning.class,
              warning -> assertThat(warning.text()).contains(name.value() + " is damaged"));
    }
  }

  @Test
  void asManyObjectsAsANoteMayHaveFitIntoIt() {
    List<StoredBytes> objects = new ArrayList<>();
    String name = "index/00000000-0000-0000-0000-000000000000-" + "0".repeat(100);
    for (int n = 0; n < ProgressNote.MAX_OBJECTS; n++) {
      objects.add(
          new StoredBytes(new ObjectName(name + n), Long.MAX_VALUE, Sha256.of(new byte[0])));
    }
    assertThat(new ProgressNote(objects).bytes()).hasSizeLessThan(ProgressNote.MAX_BYTES);
  }

  private static StoredBytes object(int n) {
    return new StoredBytes(new ObjectName("chunks/" + n), n, Sha256.of(new byte[n]));
  }

  private void note(int number, StoredBytes... objects) {
    memory.replace(Layout.progress(RUN, number), new ProgressNote(List.of(objects)).bytes());
  }
}
