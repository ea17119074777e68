package io.coldstream.core.restore.target;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.coldstream.core.repository.manifest.DigestedJson;
import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.json.FormatException;
import java.util.Optional;

/**
 * The options of an unfinished restore, stored in its staging folder, so that a repeated run
 * resumes the same restore.
 *
 * @param repositoryId the repository
 * @param sequence the backup; what "latest" meant
 * @param position where the restored log ends
 * @param checkpointMode how the checkpoints are set
 * @param indexFolder the index's directory
 * @param withIndex whether the index is restored
 * @param reuse whether the target held a database when it began; missing when not
 * @param cut whether the log is cut below the end of the backup; missing when not
 */
public record Attempt(
    @JsonProperty("repository") String repositoryId,
    long sequence,
    long position,
    @JsonProperty("arrangement") String checkpointMode,
    String indexFolder,
    boolean withIndex,
    Optional<Boolean> reuse,
    Optional<Boolean> cut) {

  static final String FILE_NAME = "attempt.json";

  static Attempt of(RestorePlan plan, Target target, boolean reuse) {
    return new Attempt(
        plan.backup().repositoryId(),
        plan.backup().sequence(),
        plan.position(),
        plan.checkpointMode().toString(),
        target.index().toString(),
        plan.indexReason().isEmpty(),
        flag(reuse),
        flag(plan.checkpointMode() == CheckpointMode.DIRECT
            && plan.position() < plan.backup().log().positions().restorePoint()));
  }

  private static Optional<Boolean> flag(boolean set) {
    return set ? Optional.of(true) : Optional.empty();
  }

  /** {@return whether the log was to be cut at {@link #position}: else it was a whole backup} */
  public boolean cuts() {
    return cut.orElse(false);
  }

  boolean reuses() {
    return reuse.orElse(false);
  }

  byte[] bytes() {
    return DigestedJson.write(this);
  }

  static Attempt read(byte[] bytes) throws FormatException {
    return DigestedJson.read(bytes, FILE_NAME, Attempt.class);
  }

  @Override
  public String toString() {
    return "backup " + sequence + " at position " + position + ", checkpoint mode " + checkpointMode
        + (withIndex ? ", index in " + indexFolder : ", without index");
  }
}
