/**
 * The files of a capture as content to be sent: read by position, digested and checked on the way.
 *
 * <p>Place in the flow: capture → plan → upload → manifest; used by <b>plan</b>, where a name or a
 * manifest needs a digest before or without a transfer, and by <b>upload</b>.
 */
package io.coldstream.core.source;
