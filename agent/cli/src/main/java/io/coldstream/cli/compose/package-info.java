/**
 * The composition root: opens the store that the settings name, stacks its decorators, makes the
 * threads, and hands both to the engine's runs.
 */
package io.coldstream.cli.compose;
