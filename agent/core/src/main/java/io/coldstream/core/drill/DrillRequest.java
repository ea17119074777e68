package io.coldstream.core.drill;

import io.coldstream.core.drill.server.ServerSetup;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.RestoreRequest.Choice;
import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.restore.select.RestorePoint;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a drill.
 *
 * @param point which state is restored
 * @param checkpointMode how the checkpoints are set
 * @param maxDropBytes most bytes of log that {@link CheckpointMode#TRUNCATE} may drop
 * @param withoutIndex whether the server has to rebuild the index
 * @param scratch the folder in which the drill makes its own; need not exist
 * @param keep whether the drill's folder stays
 * @param server the server
 */
public record DrillRequest(
    RestorePoint point,
    CheckpointMode checkpointMode,
    long maxDropBytes,
    boolean withoutIndex,
    Path scratch,
    boolean keep,
    ServerSetup server) {

  RestoreRequest restoreTo(Path database) {
    return new RestoreRequest(
        new RestoreRequest.Place(database, Optional.empty(), Optional.empty()),
        point,
        checkpointMode,
        maxDropBytes,
        withoutIndex ? Set.of(Choice.WITHOUT_INDEX) : Set.of());
  }
}
