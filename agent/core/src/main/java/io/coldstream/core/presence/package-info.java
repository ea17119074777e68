/**
 * A store that remembers for a run what it has seen to be there. Place in the flow: between the steps
 * of a backup and the store that the command line opened; checks of what is there go past it.
 */
package io.coldstream.core.presence;
