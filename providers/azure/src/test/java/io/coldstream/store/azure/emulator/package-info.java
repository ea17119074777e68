/** An emulator of Azure, started as a process; also for the tests of other modules. */
package io.coldstream.store.azure.emulator;
