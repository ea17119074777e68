package io.coldstream.core.verify.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.coldstream.store.ObjectName;
import java.util.Optional;

/**
 * A fault that was found, and was not seen to be repaired since.
 *
 * @param object the object that is wrong
 * @param fault what is wrong with it
 * @param firstBackup the oldest backup that needs it
 * @param lastBackup the newest backup that needs it
 * @param foundBy the least depth at which a run finds it
 * @param repair what repairs it from a node; empty when nothing does
 */
public record StoredFinding(
    ObjectName object,
    String fault,
    long firstBackup,
    long lastBackup,
    Depth foundBy,
    Optional<RepairKind> repair) {

  /** What repairs an object. */
  public enum RepairKind {
    /** A backup that looks every object up. */
    @JsonProperty("recheck")
    RECHECK,
    /** A backup that sends this object again. */
    @JsonProperty("resend")
    RESEND
  }

  /**
   * Whether a backup may need the object.
   *
   * @param sequence its number
   * @return whether it may
   */
  public boolean concerns(long sequence) {
    return firstBackup <= sequence && sequence <= lastBackup;
  }
}
