/**
 * The events of a drill: what the restored files hold, and whether a server answers the same.
 *
 * <p>Place in the flow: server → <b>events</b>. The events are chosen before the server starts, since
 * it changes the files.
 */
package io.coldstream.core.drill.events;
