package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * An epoch in a manifest's lineage. The link to the epoch before it is not stored: the list is the
 * chain.
 *
 * @param number its number
 * @param id its id
 * @param position where its record starts
 */
record EpochEntry(long number, UUID id, long position) {

  /** Lists the epochs of a lineage. */
  static final class Writer extends StdConverter<Lineage, List<EpochEntry>> {
    @Override
    public List<EpochEntry> convert(Lineage lineage) {
      return lineage.epochs().stream()
          .map(epoch -> new EpochEntry(epoch.number(), epoch.id(), epoch.position()))
          .toList();
    }
  }

  /** Links the epochs to a lineage. */
  static final class Reader extends StdConverter<List<EpochEntry>, Lineage> {
    @Override
    public Lineage convert(List<EpochEntry> entries) {
      List<Epoch> epochs = new ArrayList<>();
      OptionalLong previous = OptionalLong.empty();
      for (EpochEntry entry : entries) {
        epochs.add(new Epoch(entry.number, entry.id, entry.position, previous));
        previous = OptionalLong.of(entry.position);
      }
      return new Lineage(epochs);
    }
  }
}
