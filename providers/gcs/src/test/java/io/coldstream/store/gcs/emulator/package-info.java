/**
 * An emulator of Google Cloud Storage, started in this process; also for the tests of
 * other modules.
 *
 * <p>A request comes in through {@code GcsServer}, may meet a {@code Fault}, and is answered by the
 * route that its path names. Routes read and change a {@code Bucket}, whose objects hold {@code
 * Bytes}.
 */
package io.coldstream.store.gcs.emulator;
