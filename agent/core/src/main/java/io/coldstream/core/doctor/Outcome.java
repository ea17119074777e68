package io.coldstream.core.doctor;

/** How a check ended. */
public enum Outcome {
  /** It is as it must be. */
  PASSED,
  /** It works, and there is something to know. */
  WARNING,
  /** It could not be tried, or need not be. */
  SKIPPED,
  /** It is not as it must be. */
  FAILED
}
