/** The contract that every adapter and every decorator of the port must pass, and the stores that tests use instead of a cloud. */
package io.coldstream.store.testkit;
