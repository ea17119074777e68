package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import java.util.List;
import java.util.OptionalLong;

/**
 * The checkpoints of one capture.
 *
 * @param all each of them once
 */
record Checkpoints(List<Checkpoint> all) {

  long writer() {
    return position(CheckpointName.WRITER).getAsLong();
  }

  long chaser() {
    return position(CheckpointName.CHASER).getAsLong();
  }

  OptionalLong epoch() {
    return position(CheckpointName.EPOCH);
  }

  OptionalLong proposal() {
    return position(CheckpointName.PROPOSAL);
  }

  private OptionalLong position(CheckpointName name) {
    return all.stream().filter(c -> c.name() == name).findFirst().orElseThrow().position();
  }
}
