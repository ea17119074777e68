/**
 * The {@code coldstream} command: the composition root, which reads the settings, connects engine
 * and stores, and reports to people and scripts.
 */
package io.coldstream.cli;
