package io.coldstream.store.cloud;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;

/** The unfinished upload that a call was about cannot be continued as it is. */
public final class UploadGoneException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Why not. */
  public enum Reason {
    /** There is no such upload: it was completed or aborted. */
    NO_SUCH_UPLOAD("the unfinished upload is gone; the next attempt starts from scratch"),
    /** Another writer of the same name interfered. */
    CONFLICT("another writer of this name was in the way; the next attempt starts from scratch"),
    /** A part is not there, or another one is there under its number. */
    OTHER_PART("another process sent parts of the same upload; the next attempt checks what is"
        + " there");

    private final String advice;

    Reason(String advice) {
      this.advice = advice;
    }
  }

  private final Reason reason;

  /**
   * An upload that cannot be continued.
   *
   * @param reason why not
   */
  public UploadGoneException(Reason reason) {
    super(reason.advice);
    this.reason = reason;
  }

  /**
   * Why the upload cannot be continued.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /** The failure for the caller: each of these is worth another attempt. */
  StoreException failure(Operation operation, String object) {
    return DriverCalls.failed(operation, object, Kind.UNAVAILABLE, getMessage());
  }
}
