/**
 * The emulators of clouds: finding, requiring, starting and counting them.
 *
 * <p>A test class that runs against one carries {@link
 * io.coldstream.store.testkit.emulator.NeedsEmulator} (a program of its own, such as {@link
 * io.coldstream.store.testkit.emulator.Azurite}) or {@link
 * io.coldstream.store.testkit.emulator.Emulator} (a server in this process); a test in which the
 * emulator differs from the service carries {@link io.coldstream.store.testkit.emulator.Deviation}.
 * What ran against what is left in {@code target/emulators}. Place in the flow: none, test code only.
 */
package io.coldstream.store.testkit.emulator;
