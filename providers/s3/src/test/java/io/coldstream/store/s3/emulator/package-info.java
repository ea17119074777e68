/** Emulators of S3, started in this process; also for the tests of other modules. */
package io.coldstream.store.s3.emulator;
