package io.coldstream.core.doctor;

/** Whose work the identity is to do, and nothing beyond it. */
public enum Role {
  /** Everything, as an administrator or a single identity for all may: nothing is forbidden. */
  ANY,
  /** Makes backups: creates and lists, reads what is about backups, neither data nor removal. */
  WRITER,
  /** Restores and verifies: lists and reads, neither creates nor removes. */
  RESTORER,
  /** Prunes: lists, reads and removes, never creates. */
  PRUNER
}
