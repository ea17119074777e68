/**
 * The database server of a drill: how it is started, followed, asked and stopped.
 *
 * <p>Place in the flow: restore → <b>server</b> → events.
 */
package io.coldstream.core.drill.server;
