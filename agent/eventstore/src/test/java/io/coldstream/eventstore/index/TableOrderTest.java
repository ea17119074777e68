package io.coldstream.eventstore.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.testing.model.IndexImage;
import io.coldstream.eventstore.testing.model.IndexImage.Entry;
import io.coldstream.eventstore.testing.model.IndexImage.MapLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are whole, and hold what another one should. */
class TableOrderTest {

  private static final TableName OLDEST = new TableName("00000000-0000-0000-0000-000000000001");
  private static final TableName OLDER = new TableName("00000000-0000-0000-0000-000000000002");
  private static final TableName NEWER = new TableName("00000000-0000-0000-0000-000000000003");

  @TempDir
  Path folder;

  private static TableOrder order(long commit) throws DatabaseException {
    return new TableOrder(IndexMap.parse(IndexImage.map(
        commit,
        commit,
        10,
        List.of(
            new MapLine(0, 0, OLDER.guid()),
            new MapLine(0, 1, NEWER.guid()),
            new MapLine(1, 0, OLDEST.guid())))));
  }

  @Test
  void tablesInTheirPlacesPass() throws DatabaseException {
    TableOrder order = order(350);
    order.add(NEWER, List.of(300L, 350L, 310L));
    order.add(OLDER, List.of(200L, 290L));
    order.add(OLDEST, List.of(0L, 190L));
    assertThatCode(order::check).doesNotThrowAnyException();
  }

  @Test
  void twoOfOneLevelThatAreExchangedAreRefused() throws DatabaseException {
    TableOrder order = order(350);
    order.add(NEWER, List.of(200L, 290L));
    order.add(OLDER, List.of(300L, 350L));
    order.add(OLDEST, List.of(0L, 190L));
    assertThatThrownBy(order::check)
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(NEWER.guid() + ": holds positions up to 290")
        .hasMessageContaining(OLDER + " holds positions from 300")
        .hasMessageContaining("back up without the index");
  }

  @Test
  void twoOfDifferentLevelsThatAreExchangedAreRefused() throws DatabaseException {
    TableOrder order = order(350);
    order.add(NEWER, List.of(300L, 350L));
    order.add(OLDER, List.of(0L, 190L));
    order.add(OLDEST, List.of(200L, 290L));
    assertThatThrownBy(order::check).hasMessageContaining(OLDER.guid() + ": holds positions");
  }

  @Test
  void aTableFromALaterTimeIsRefused() throws DatabaseException {
    TableOrder order = order(350);
    order.add(NEWER, List.of(300L, 351L));
    assertThatThrownBy(order::check).hasMessageContaining("351, but the index map ends at 350");
  }

  @Test
  void anEntryOfALateTransactionIsNoReason() throws DatabaseException {
    TableOrder order = order(350);
    order.add(NEWER, List.of(150L, 350L));
    order.add(OLDER, List.of(200L, 290L));
    assertThatCode(order::check).doesNotThrowAnyException();
  }

  @Test
  void aTableWithoutEntriesIsPassedOver() throws DatabaseException {
    TableOrder order = order(350);
    order.add(NEWER, List.of(200L));
    order.add(OLDER, List.of());
    order.add(OLDEST, List.of(300L));
    assertThatThrownBy(order::check).hasMessageContaining(OLDEST + " holds positions from 300");
  }

  @Test
  void positionsAreReadFromPlacesSpreadOverATable() throws Exception {
    for (int entries : new int[] {0, 1, 3, 4, 1000}) {
      List<Long> positions =
          LongStream.range(0, entries).map(i -> 1000 + i).boxed().toList();
      Path file = folder.resolve("table-of-" + entries);
      Files.write(
          file,
          IndexImage.table(positions.stream()
              .map(position -> new Entry(0, 5000 - position, position))
              .toList()));
      try (OpenFile table = new LocalDatabaseFiles().open(file)) {
        List<Long> sample = TableReader.samplePositions(table, 4);
        assertThat(sample).hasSize(Math.min(4, entries)).doesNotHaveDuplicates();
        assertThat(positions).containsAll(sample);
        if (entries == 1000) {
          assertThat(sample).containsExactly(1000L, 1250L, 1500L, 1750L);
        }
      }
    }
  }
}
