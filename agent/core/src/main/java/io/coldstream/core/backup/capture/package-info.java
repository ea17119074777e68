/**
 * First step of a backup: what a possibly running node's data directory holds, pinned and proved.
 *
 * <p>Place in the flow: <b>capture</b> → plan → upload → manifest. {@link
 * io.coldstream.core.backup.capture.CaptureStep} reads the small files and the folders in the order that
 * makes them a set, keeps open what the newest manifest does not know ({@link
 * io.coldstream.core.backup.capture.Pins}), proves the invariants I1 to I8 of {@code
 * database-files.md#s12-1}, and hands a {@link io.coldstream.core.backup.capture.Capture} on. It reads
 * headers, footers,
 * 8-byte files, the index map and the log's tail, and nothing else. It knows no store: what the
 * newest manifest holds is asked through {@link io.coldstream.core.backup.capture.KnownFiles}.
 */
package io.coldstream.core.backup.capture;
