/**
 * First step of a backup: the data directory of a node, which may be running, pinned and validated.
 *
 * <p>Place in the flow: <b>capture</b> → plan → upload → manifest. {@link
 * io.coldstream.core.backup.capture.CaptureStep} reads the small files and the folders in the order
 * that makes them consistent, keeps open what the newest manifest does not have ({@link
 * io.coldstream.core.backup.capture.Pins}), validates the invariants I1 to I8 of {@code
 * database-files.md#s12-1}, and returns a {@link io.coldstream.core.backup.capture.Capture}. It
 * reads headers, footers, 8-byte files, the index map and the log's tail, and nothing else. It
 * knows no store: {@link io.coldstream.core.backup.capture.KnownFiles} says what the newest
 * manifest holds.
 */
package io.coldstream.core.backup.capture;
