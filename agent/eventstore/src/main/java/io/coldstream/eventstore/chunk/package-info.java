/**
 * Third step: which files hold the log. From a listing and the end of the log to the cover, from
 * headers and footers to what identifies a chunk, and the proof that the cover is whole. Reads 128
 * bytes at either end of a file and never the data between them.
 */
package io.coldstream.eventstore.chunk;
